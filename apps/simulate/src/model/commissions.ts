import { drawReserve, paymentsOf } from './bookings.ts'
import { daysLater } from './calendar.ts'
import { known, least, type Model, type Pair, planAt, shareOf } from './state.ts'
import { credit, takeBack } from './wallets.ts'

/** The bonuses of a confirmed booking's payments that are due by now, each once. */
export function creditBonuses(model: Model, bookingId: number, now: Date): void {
  const booking = known(model.bookings, bookingId)
  for (const payment of paymentsOf(model, bookingId)) {
    if (payment.status !== 'completed' || payment.bonus || !payment.completedAt) continue
    const wasDueAt = payment.bonusDueAt
    payment.bonusDueAt = null
    const referrer = booking.referrer ?? known(model.members, booking.member).referrer
    if (payment.method === 'emi_deduction' || !booking.confirmedAt || referrer === null) continue
    if (booking.status !== 'active' && booking.status !== 'completed') continue
    const earnedAt = new Date(Math.max(booking.confirmedAt.getTime(), payment.completedAt.getTime()))
    const plan = planAt(model, earnedAt)
    const amount = shareOf(payment.amount - payment.refunded, plan.referralBonusBps)
    if (amount === 0n) {
      // A plan that is made in the same moment may give it something: it is looked at once more.
      if (wasDueAt && wasDueAt > leftByHandlers(now)) payment.bonusDueAt = wasDueAt
      continue
    }
    const dueAt = daysLater(payment.completedAt, plan.commissionHoldDays)
    if (dueAt > now) {
      payment.bonusDueAt = dueAt
      continue
    }
    payment.bonus = { referrer, amount, bps: plan.referralBonusBps, reversed: 0n }
    credit(known(model.members, referrer), { amount, earned: amount })
  }
}

/** A pair earns once, when its cooling-off is over: all of it, or less the part for the EMI. */
export function creditPair(model: Model, pair: Pair, now: Date): void {
  const { plan } = pair
  if (pair.isCredited || pair.isReversed || daysLater(pair.matchedAt, plan.commissionHoldDays) > now) return
  const emi = emiOf(pair)
  pair.isCredited = true
  const member = known(model.members, pair.member)
  credit(member, { amount: plan.pairEarning, kept: plan.pairEarning - emi, earned: plan.pairEarning })
  member.reserve += emi
  if (emi > 0n) drawReserve(model, pair.member, now)
}

function emiOf({ plan, number, isActiveBuyer }: Pair): bigint {
  return isActiveBuyer || number <= plan.gracePairs ? 0n : shareOf(plan.pairEarning, plan.emiDeductionBps)
}

/** A reversed pair gives its earning back: what of its EMI part is still in the reserve from there, the rest from the wallet. */
export function reversePair(model: Model, pair: Pair): void {
  if (!pair.isReversed || !pair.isCredited || pair.isTakenBack) return
  pair.isTakenBack = true
  const member = known(model.members, pair.member)
  const fromReserve = least(member.reserve, emiOf(pair))
  member.reserve -= fromReserve
  member.balance += fromReserve
  takeBack(member, pair.plan.pairEarning)
}

const leftByHandlers = (now: Date) => new Date(now.getTime() - 600_000)

/** What the schedule credits: everything that is due for ten minutes and that no message has credited. */
export function creditHeld(model: Model, now: Date): void {
  const before = leftByHandlers(now)
  for (const pair of model.pairs.values()) {
    if (daysLater(pair.matchedAt, pair.plan.commissionHoldDays) < before) creditPair(model, pair, now)
  }
  const due = [...model.payments.values()].filter(({ bonusDueAt }) => bonusDueAt && bonusDueAt <= before)
  for (const booking of new Set(due.map(({ booking }) => booking))) creditBonuses(model, booking, now)
}
