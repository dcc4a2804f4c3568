import { count, notePayment, recount, requireTakes, reverseBonus } from './bookings.ts'
import { daysLater } from './calendar.ts'
import { refuseIf } from './refused.ts'
import { known, type Method, type Model, type Payment, shareOf } from './state.ts'
import { available, credit } from './wallets.ts'

export type Paying = { booking: number; amount: bigint; method: Exclude<Method, 'emi_deduction'>; isByStaff: boolean }

export function pay(model: Model, { booking: id, amount, method, isByStaff }: Paying, now: Date): Payment {
  const booking = known(model.bookings, id)
  requireTakes(booking, amount, now)
  const countsNow = method === 'online' || method === 'wallet' || isByStaff
  refuseIf(method === 'wallet' && amount > available(known(model.members, booking.member)), 'wallet.insufficient')
  const payment = notePayment(model, { booking, amount, method, completedAt: countsNow ? now : null })
  if (countsNow) count(model, payment, now)
  return payment
}

export function confirm(model: Model, id: number, now: Date): Payment {
  const payment = known(model.payments, id)
  refuseIf(payment.status !== 'pending', 'payment.not_pending')
  requireTakes(known(model.bookings, payment.booking), payment.amount, now)
  payment.status = 'completed'
  payment.completedAt = now
  count(model, payment, now)
  return payment
}

export function fail(model: Model, id: number): Payment {
  const payment = known(model.payments, id)
  refuseIf(payment.status !== 'pending', 'payment.not_pending')
  payment.status = 'failed'
  return payment
}

export function refund(model: Model, { id, amount: asked }: { id: number; amount: bigint | null }, now: Date): Payment {
  const payment = known(model.payments, id)
  const booking = known(model.bookings, payment.booking)
  const isClosed = booking.status === 'expired' || booking.status === 'cancelled'
  const left = isClosed || payment.status !== 'completed' ? 0n : payment.amount - payment.refunded
  refuseIf(asked !== null && asked <= 0n, 'payment.not_positive')
  const amount = asked ?? left
  refuseIf(left === 0n || amount > left, 'payment.refund_exceeds')
  model.counts.refunds += 1
  payment.refunded += amount
  if (payment.refunded === payment.amount) {
    payment.status = 'refunded'
    payment.bonusDueAt = null
  }
  booking.paid -= amount
  const member = known(model.members, payment.member)
  if (payment.method === 'emi_deduction') member.reserve += amount
  else credit(member, { amount })
  if (payment.bonus)
    reverseBonus(model, payment, { kept: shareOf(payment.amount - payment.refunded, payment.bonus.bps) })
  recount(model, payment.member, now)
  return payment
}

/** Money that the gateway has collected: it counts once, or passes into the wallet when the booking cannot take it. */
export function collect(
  model: Model,
  { order: name, paymentId }: { order: string; paymentId: string },
  now: Date,
): number {
  const order = known(model.orders, name)
  const earlier = model.collected.get(paymentId)
  if (earlier !== undefined) return earlier
  const booking = known(model.bookings, order.booking)
  const isTaken = order.payment === null && takes(() => requireTakes(booking, order.amount, now))
  const payment = notePayment(model, { booking, amount: order.amount, method: 'online', completedAt: now })
  if (isTaken) count(model, payment, now)
  else {
    model.counts.refunds += 1
    payment.status = 'refunded'
    payment.refunded = payment.amount
    credit(known(model.members, payment.member), { amount: payment.amount })
  }
  order.payment ??= payment.id
  model.collected.set(paymentId, payment.id)
  return payment.id
}

function takes(require: () => void): boolean {
  try {
    require()
    return true
  } catch {
    return false
  }
}

/** An event of the gateway counts once, and not when it comes more than three days late. */
export function takeEvent(
  model: Model,
  event: { id: string; order: string; paymentId: string; happenedAt: Date },
  now: Date,
): void {
  if (model.events.has(event.id)) return
  model.events.add(event.id)
  if (daysLater(event.happenedAt, 3) < now) return
  collect(model, event, now)
}

export function deposit(model: Model, { member: id, amount }: { member: number; amount: bigint }): void {
  refuseIf(amount <= 0n, 'payment.not_positive')
  model.counts.adjustments += 1
  credit(known(model.members, id), { amount })
}

export function adjust(model: Model, { member: id, amount }: { member: number; amount: bigint }): void {
  const member = known(model.members, id)
  refuseIf(amount === 0n, 'payment.not_positive')
  refuseIf(-amount > available(member), 'wallet.insufficient')
  model.counts.adjustments += 1
  if (amount > 0n) credit(member, { amount })
  else member.balance += amount
}
