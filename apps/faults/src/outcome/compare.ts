import { type CompensationPlan, formatRupees, type Paise, pairCredit, shareOf, sumPaise } from '@ev/domain'
import type { Receipts } from '../load/receipts.ts'
import type { Found } from './found.ts'

/** What was acknowledged and is not there, and what is there more than once or was never asked for. Each with its name. */
export type Comparison = { readonly lost: readonly string[]; readonly doubled: readonly string[] }

type Notes = { readonly lost: string[]; readonly doubled: string[] }

/** Compares the clients' own books with the database, after everything has come to rest. */
export function compare(receipts: Receipts, found: Found, plan: CompensationPlan): Comparison {
  const notes: Notes = { lost: [], doubled: [] }
  notes.lost.push(...receipts.undecided.map((what) => `never answered: ${what}`))
  notes.lost.push(...receipts.contradictions)
  compareMembers(notes, receipts, found)
  compareBookings(notes, receipts, found)
  comparePayments(notes, receipts, found)
  compareBonuses(notes, receipts, found, plan)
  comparePairs(notes, found)
  comparePayouts(notes, receipts, found)
  compareDeposits(notes, receipts, found)
  compareStatement(notes, found)
  compareWallets(notes, receipts, found, plan)
  return notes
}

function compareMembers({ lost, doubled }: Notes, { members, addresses }: Receipts, found: Found): void {
  const users = new Map(found.users.map((user) => [user.id, user]))
  for (const { id, email, referrerId } of members.values()) {
    const user = users.get(id)
    if (user?.email !== email || user.referrerId !== referrerId) lost.push(`member ${id} ${email}`)
    if (referrerId !== null && !found.placedUserIds.has(id)) lost.push(`place of member ${id}`)
  }
  for (const { id, email } of found.users) {
    if (email === null || !addresses.has(email)) doubled.push(`member ${id} whom nobody registered`)
  }
}

function compareBookings({ lost, doubled }: Notes, { bookings }: Receipts, found: Found): void {
  const there = new Map(found.bookings.map((booking) => [booking.id, booking]))
  for (const { id, userId, total } of bookings.values()) {
    const booking = there.get(id)
    if (booking?.userId !== userId || booking.total !== total) lost.push(`booking ${id}`)
  }
  for (const { id } of found.bookings) if (!bookings.has(id)) doubled.push(`booking ${id} that nobody was told of`)
}

function comparePayments({ lost, doubled }: Notes, { payments, refunds }: Receipts, found: Found): void {
  const there = new Map(found.payments.map((payment) => [payment.id, payment]))
  for (const { id, bookingId, userId, amount, method } of payments.values()) {
    const payment = there.get(id)
    const isSame =
      payment?.bookingId === bookingId &&
      payment.userId === userId &&
      payment.amount === amount &&
      payment.method === method
    if (!isSame) lost.push(`payment ${id}`)
  }
  for (const { id, method, refunded } of found.payments) {
    if (method !== 'emi_deduction' && !payments.has(id)) doubled.push(`payment ${id} that nobody was told of`)
    const given = sumPaise(refunds.filter(({ paymentId }) => paymentId === id).map(({ amount }) => amount))
    if (refunded < given) lost.push(`refund of payment ${id}`)
    if (refunded > given) doubled.push(`refund of payment ${id}`)
  }
}

/** What the referrer of each acknowledged payment must have by now. */
function bonusesDue({ payments, members }: Receipts, found: Found, plan: CompensationPlan) {
  const confirmed = new Set(found.bookings.filter(({ isConfirmed }) => isConfirmed).map(({ id }) => id))
  const refunded = new Map(found.payments.map((payment) => [payment.id, payment.refunded]))
  return [...payments.values()].flatMap(({ id, userId, bookingId, amount }) => {
    const referrerId = members.get(userId)?.referrerId ?? null
    const due = shareOf(amount - (refunded.get(id) ?? 0n), plan.referralBonusBps)
    return referrerId === null || !confirmed.has(bookingId) ? [] : [{ paymentId: id, referrerId, due }]
  })
}

function compareBonuses({ lost, doubled }: Notes, receipts: Receipts, found: Found, plan: CompensationPlan): void {
  const there = new Map(found.bonuses.map((bonus) => [bonus.paymentId, bonus]))
  for (const { paymentId, referrerId, due } of bonusesDue(receipts, found, plan)) {
    const bonus = there.get(paymentId)
    const kept = bonus?.referrerId === referrerId ? bonus.amount - bonus.reversed : 0n
    if (kept < due) lost.push(`bonus of payment ${paymentId}`)
    if (kept > due) doubled.push(`bonus of payment ${paymentId}`)
  }
  const paid = new Map<number, Paise>()
  for (const { bookingId, amount } of receipts.payments.values())
    paid.set(bookingId, (paid.get(bookingId) ?? 0n) + amount)
  for (const { id, isConfirmed } of found.bookings) {
    const isDue = (paid.get(id) ?? 0n) >= plan.activeBuyerThreshold
    if (isDue && !isConfirmed) lost.push(`confirmation of booking ${id}`)
  }
}

function comparePairs({ lost, doubled }: Notes, { pairs }: Found): void {
  const seen = new Set<string>()
  for (const { id, userId, number, isCredited } of pairs) {
    if (!isCredited) lost.push(`credit of pair ${id}`)
    const ordinal = `${userId}:${number}`
    if (seen.has(ordinal)) doubled.push(`pair ${number} of member ${userId}`)
    seen.add(ordinal)
  }
}

function comparePayouts({ lost, doubled }: Notes, { payouts, approvedPayouts }: Receipts, found: Found): void {
  const there = new Map(found.payouts.map((payout) => [payout.id, payout]))
  for (const { id, userId, requested } of payouts.values()) {
    const payout = there.get(id)
    if (payout?.userId !== userId || payout.requested !== requested) lost.push(`payout ${id}`)
    else if (approvedPayouts.has(id) && payout.status !== 'completed') lost.push(`transfer of payout ${id}`)
    else if (!approvedPayouts.has(id) && payout.status !== 'pending') doubled.push(`approval of payout ${id}`)
  }
  for (const { id } of found.payouts) if (!payouts.has(id)) doubled.push(`payout ${id} that nobody was told of`)
}

function compareDeposits({ lost, doubled }: Notes, { deposits }: Receipts, found: Found): void {
  const sums = new Map<number, Paise>()
  const add = (userId: number, amount: Paise) => sums.set(userId, (sums.get(userId) ?? 0n) + amount)
  for (const { userId, amount } of deposits) add(userId, amount)
  for (const { userId, amount } of found.deposits) add(userId, -amount)
  for (const [userId, rest] of sums) {
    if (rest > 0n) lost.push(`deposit of ${formatRupees(rest)} for member ${userId}`)
    if (rest < 0n) doubled.push(`deposit of ${formatRupees(-rest)} for member ${userId}`)
  }
}

/** Of these a statement has one line for each thing that they are about. */
const once = new Set(['REFERRAL_BONUS', 'BINARY_PAIR', 'PAYOUT', 'BOOKING_PAYMENT', 'DEPOSIT'])

function compareStatement({ doubled }: Notes, { statement }: Found): void {
  const seen = new Set<string>()
  for (const { type, referenceType, referenceId } of statement) {
    if (!once.has(type)) continue
    const line = `${type} of ${referenceType} ${referenceId}`
    if (seen.has(line)) doubled.push(line)
    seen.add(line)
  }
}

/** Every wallet, recomputed from what was acknowledged and the pairs. What a member owes back counts against the balance. */
function compareWallets({ lost, doubled }: Notes, receipts: Receipts, found: Found, plan: CompensationPlan): void {
  const due = new Map<number, Paise>()
  const add = (userId: number, amount: Paise) => due.set(userId, (due.get(userId) ?? 0n) + amount)
  for (const { referrerId, due: bonus } of bonusesDue(receipts, found, plan)) add(referrerId, bonus)
  for (const { userId, number, isActiveBuyer } of found.pairs) {
    add(userId, pairCredit({ earning: plan.pairEarning, pairNumber: number, isActiveBuyer }, plan).wallet)
  }
  for (const { userId, amount } of receipts.deposits) add(userId, amount)
  for (const { userId, amount, method } of receipts.payments.values()) if (method === 'wallet') add(userId, -amount)
  for (const { paymentId, amount } of receipts.refunds) {
    const payment = receipts.payments.get(paymentId)
    if (payment !== undefined) add(payment.userId, amount)
  }
  for (const { id, userId, requested } of receipts.payouts.values()) {
    if (receipts.approvedPayouts.has(id)) add(userId, -requested)
  }
  for (const { userId, balance, recoverable } of found.wallets) {
    const expected = due.get(userId) ?? 0n
    const actual = balance - recoverable
    const text = `wallet of member ${userId}: ${formatRupees(actual)} instead of ${formatRupees(expected)}`
    if (actual < expected) lost.push(text)
    if (actual > expected) doubled.push(text)
  }
}
