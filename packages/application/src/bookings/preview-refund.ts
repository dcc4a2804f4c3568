import { bookings, type Database, network, payments, plans, type Reader, wallets } from '@ev/db'
import {
  activeBuyer,
  type Booking,
  DomainError,
  cancelBooking as decideCancellation,
  refundPayment as decideRefund,
  type Journal,
  type PaidByMethod,
  type Paise,
  refundAmount,
  reverseReferral,
  type Wallet,
  type WalletEffect,
  walletAfter,
  walletEffects,
} from '@ev/domain'
import { type Actor, type Deps, ownedBy } from '../deps.ts'
import { type BonusToReverse, withWhatIsKept } from './reverse-bonuses.ts'

/** How long the reads of a preview may take together. */
const timeoutMs = 5_000

/** What a referrer loses of a bonus: `taken` is what leaves the wallet and what becomes owed together. */
export type BonusTaken = {
  readonly paymentId: number
  readonly referrerId: number
  readonly taken: Paise
  readonly fromWallet: Paise
  readonly becomesOwed: Paise
}

/** What would follow if a booking gave money back now. */
export type Consequences = {
  /** What goes back in all: `toWallet`, `recovered` and `toEmiReserve` together. */
  readonly amount: Paise
  /** By how much the member's balance grows. */
  readonly toWallet: Paise
  /** What pays off what the member owes. */
  readonly recovered: Paise
  readonly toEmiReserve: Paise
  /** The booking afterwards. */
  readonly booking: Booking
  /** Bonuses that were credited already; one that was not is credited on what is left. */
  readonly bonuses: readonly BonusTaken[]
  readonly isActiveBuyer: { readonly before: boolean; readonly after: boolean }
  /** The pairs that the member's standing carries and that are reversed when it is lost. */
  readonly pairs: readonly network.PairRow[]
}

/**
 * What `refundPayment` would do now, decided by the same rules on one state of the database, and nothing written. Refuses as the refund
 * does: `payment.not_found`, `payment.own`, `payment.not_positive`, `payment.refund_exceeds`.
 */
export function previewRefund(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { actor, paymentId, amount: asked }: { actor: Actor; paymentId: number; amount: Paise | null },
): Promise<Consequences> {
  return inSnapshot(db, async (reader) => {
    const row = await payments.get(reader, paymentId, { ownedBy: null })
    const { bookingId, userId } = row
    if (userId === actor.userId) throw new DomainError('payment.own')
    const booking = bookings.toBooking(await bookings.get(reader, bookingId, { ownedBy: null }))
    const payment = payments.toPayment(row)
    const amount = refundAmount(booking, payment, asked)
    const purses = walletsAhead(reader)
    const made = decideRefund(booking, payment, { id: 0, amount }, await purses.of(userId))
    const bonuses = await payments.bonuses(reader, { bookingId, paymentId })
    const paid = await payments.paidByMethod(reader, userId)
    return followed(reader, {
      purses,
      journal: made.journal,
      booking: made.booking,
      toReverse: await Promise.all(bonuses.map((bonus) => withWhatIsKept(reader, bonus, made.payment))),
      paid: { before: paid, after: { ...paid, [payment.method]: (paid[payment.method] ?? 0n) - amount } },
      now: clock.now(),
    })
  })
}

/**
 * What `cancelBooking` would do now, decided and refused in the same way: `booking.not_found`, and `booking.transition_refused` for a
 * booking that is final.
 */
export function previewCancellation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { actor, bookingId }: { actor: Actor; bookingId: number },
): Promise<Consequences> {
  return inSnapshot(db, async (reader) => {
    const row = await bookings.get(reader, bookingId, { ownedBy: ownedBy(actor) })
    const purses = walletsAhead(reader)
    const { booking, journal } = decideCancellation(bookings.toBooking(row), await purses.of(row.userId))
    const bonuses = await payments.bonuses(reader, { bookingId })
    return followed(reader, {
      purses,
      journal,
      booking,
      toReverse: bonuses.map((bonus) => ({ bonus, kept: 0n })),
      paid: {
        before: await payments.paidByMethod(reader, row.userId),
        after: await payments.paidByMethod(reader, row.userId, { exceptBookingId: bookingId }),
      },
      now: clock.now(),
    })
  })
}

type Decided = {
  readonly purses: WalletsAhead
  /** What gives the money back; null when there is nothing to give. */
  readonly journal: Journal | null
  readonly booking: Booking
  readonly toReverse: readonly BonusToReverse[]
  readonly paid: { readonly before: PaidByMethod; readonly after: PaidByMethod }
  readonly now: Date
}

async function followed(
  reader: Reader,
  { purses, journal, booking, toReverse, paid, now }: Decided,
): Promise<Consequences> {
  const effect = await purses.post(journal, booking.userId)
  const bonuses: BonusTaken[] = []
  for (const { bonus, kept } of toReverse) {
    const { paymentId, referrerId } = bonus
    const reversal = reverseReferral(bonus, { kept }, await purses.of(referrerId))
    if (!reversal) continue
    const { balance, recoverable } = await purses.post(reversal.journal, referrerId)
    const taken = reversal.reversed - bonus.reversed
    bonuses.push({ paymentId, referrerId, taken, fromWallet: -balance, becomesOwed: recoverable })
  }
  const plan = await plans.current(reader, now)
  const isActiveBuyer = { before: activeBuyer(paid.before, plan), after: activeBuyer(paid.after, plan) }
  const losesStanding = isActiveBuyer.before && !isActiveBuyer.after && plan.pairEligibility === 'qualified_sale'
  return {
    amount: effect.balance - effect.recoverable + effect.reserve,
    toWallet: effect.balance,
    recovered: -effect.recoverable,
    toEmiReserve: effect.reserve,
    booking,
    bonuses,
    isActiveBuyer,
    pairs: losesStanding ? await network.pairsOnSaleOf(reader, booking.userId) : [],
  }
}

const nothing = { balance: 0n, recoverable: 0n, reserve: 0n }

type WalletsAhead = {
  /** A member's wallet after what was posted so far. */
  of(userId: number): Promise<Wallet>
  /** Follows a journal, and answers what it changes in one member's wallet. */
  post(journal: Journal | null, userId: number): Promise<Pick<WalletEffect, 'balance' | 'recoverable' | 'reserve'>>
}

/** Wallets as they would be: journals are followed in memory and never written. */
function walletsAhead(reader: Reader): WalletsAhead {
  const known = new Map<number, Wallet>()
  async function of(userId: number): Promise<Wallet> {
    const wallet = known.get(userId) ?? wallets.toWallet(await wallets.get(reader, userId))
    known.set(userId, wallet)
    return wallet
  }
  return {
    of,
    async post(journal, userId) {
      if (journal === null) return nothing
      known.set(userId, walletAfter(await of(userId), journal))
      return walletEffects(journal).get(userId) ?? nothing
    },
  }
}

const inSnapshot = <T>(db: Database, read: (reader: Reader) => Promise<T>): Promise<T> =>
  db.snapshot(read, { timeoutMs })
