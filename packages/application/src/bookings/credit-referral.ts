import { bookings, ledger, payments, plans, type Tx, users, wallets } from '@ev/db'
import {
  type Booking,
  type CompensationPlan,
  creditableAt,
  creditReferral as decideCredit,
  type ReferralBonus,
  referralBonus,
  walletAfter,
} from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tellAll } from '../tell.ts'

type CreditDeps = Pick<Deps, 'clock' | 'ids'>

const handlersTakeMs = 10 * 60_000

/** What came into being before this was seen by every handler, and is the schedules' own; younger things are the handlers'. */
export const leftByHandlers = (now: Date): Date => new Date(now.getTime() - handlersTakeMs)

/**
 * Credits the referral bonus of every payment of these bookings that has none yet. Payments made before a booking was confirmed earn
 * theirs when it is; a payment whose cooling-off is not over is marked for the day when it is, and what was refunded before does not count. One
 * that earns nothing stays due until the schedule has looked at it too: a plan that is made in the same moment may give it something. Running it
 * again credits nothing again. Many bookings cost few statements, and a referrer's wallet is written once for all of them.
 */
export async function creditReferrals(tx: Tx, deps: CreditDeps, bookingIds: readonly number[]): Promise<void> {
  const now = deps.clock.now()
  // All bookings, then all referrers, then all wallets: the order in which everyone locks.
  const rows = await bookings.lockMany(tx, bookingIds)
  const { earned, undecided } = await decide(tx, rows, now)
  for (const [dueAt, ids] of byDueDate(undecided)) await payments.saveBonusesDue(tx, ids, dueAt)
  if (earned.length === 0) return
  const referrerIds = earned.map(({ bonus }) => bonus.referrerId)
  await users.lockMany(tx, referrerIds)
  const locked = await wallets.lockRowsOf(tx, referrerIds)
  const running = new Map([...locked].map(([userId, row]) => [userId, wallets.toWallet(row)]))
  const postings = earned.map(({ payment, bonus, plan }) => {
    const wallet = running.get(bonus.referrerId)!
    const journal = decideCredit({ ...bonus, paymentId: payment.id }, wallet)
    running.set(bonus.referrerId, walletAfter(wallet, journal))
    return { journal, now, planVersion: plan.version }
  })
  const entryIds = await ledger.postAll(tx, postings)
  const credited = earned.map(({ payment, bonus, plan }, at) => ({
    paymentId: payment.id,
    bookingId: payment.bookingId,
    referrerId: bonus.referrerId,
    journalEntryId: entryIds[at]!,
    amount: bonus.amount,
    planVersion: plan.version,
    createdAt: now,
  }))
  await payments.insertBonuses(tx, credited)
  const paymentIds = credited.map(({ paymentId }) => paymentId)
  await payments.saveBonusesDue(tx, paymentIds, null)
  const facts = paymentIds.map((paymentId) => ({ paymentId }))
  await tellAll(tx, deps, 'referral.credited', facts)
}

type Earned = {
  readonly payment: payments.PaymentRow
  readonly bonus: ReferralBonus
  readonly plan: CompensationPlan
}
/** A payment that earns nothing now, and from when on it will have to be looked at again. */
type Undecided = { readonly payment: payments.PaymentRow; readonly dueAt: Date | null }

/** What each payment of these bookings without a bonus earns now. */
async function decide(
  tx: Tx,
  rows: readonly bookings.BookingRow[],
  now: Date,
): Promise<{ earned: Earned[]; undecided: Undecided[] }> {
  const earned: Earned[] = []
  const undecided: Undecided[] = []
  const byId = new Map(rows.map((row) => [row.id, row]))
  const members = await users.findMany(
    tx,
    rows.map(({ userId }) => userId),
  )
  const referrers = new Map(members.map(({ id, referredById }) => [id, referredById]))
  const waiting = await payments.findWithoutBonus(tx, [...byId.keys()])
  const versions = waiting.length === 0 ? [] : await plans.allRecords(tx)
  for (const payment of waiting) {
    const booking = bookings.toBooking(byId.get(payment.bookingId)!)
    const plan = plans.inEffect(versions, earnedAt({ payment, booking }))
    const { id, amount, refundedAmount, paymentMethod: method } = payment
    const memberReferrerId = referrers.get(booking.userId) ?? null
    const bonus = referralBonus(
      { payment: { id, amount: amount - refundedAmount, method }, booking, memberReferrerId },
      plan,
    )
    const dueAt = bonus && creditableAt(payment.completedAt ?? payment.createdAt, plan)
    if (bonus && dueAt && dueAt <= now) earned.push({ payment, bonus, plan })
    else undecided.push({ payment, dueAt: bonus ? dueAt : whileYoung(payment.bonusDueAt, now) })
  }
  return { earned, undecided }
}

const whileYoung = (dueAt: Date | null, now: Date): Date | null =>
  dueAt !== null && dueAt > leftByHandlers(now) ? dueAt : null

/** The payments whose date differs from the one that is written, by their new date. */
function byDueDate(undecided: readonly Undecided[]): Map<Date | null, number[]> {
  const groups = new Map<number | null, { dueAt: Date | null; ids: number[] }>()
  for (const { payment, dueAt } of undecided) {
    const time = dueAt?.getTime() ?? null
    if (time === (payment.bonusDueAt?.getTime() ?? null)) continue
    const group = groups.get(time) ?? { dueAt, ids: [] }
    group.ids.push(payment.id)
    groups.set(time, group)
  }
  return new Map([...groups.values()].map(({ dueAt, ids }) => [dueAt, ids]))
}

/** When a payment earned its bonus: when both it and the booking's confirmation were there. A later plan does not change what was earned. */
function earnedAt({ payment, booking }: { payment: payments.PaymentRow; booking: Booking }): Date {
  const completedAt = payment.completedAt ?? payment.createdAt
  return booking.confirmedAt && booking.confirmedAt > completedAt ? booking.confirmedAt : completedAt
}

/** The same for what messages name: bookings, and payments whose bookings are meant. */
export async function creditReferralsNamed(
  tx: Tx,
  deps: CreditDeps,
  named: readonly ({ readonly bookingId: number } | { readonly paymentId: number })[],
): Promise<void> {
  const paymentIds = named.flatMap((each) => ('paymentId' in each ? [each.paymentId] : []))
  const ofPayments = await payments.bookingsOf(tx, paymentIds)
  const bookingIds = named.flatMap((each) => ('bookingId' in each ? [each.bookingId] : []))
  await creditReferrals(tx, deps, [...new Set([...bookingIds, ...ofPayments.values()])])
}
