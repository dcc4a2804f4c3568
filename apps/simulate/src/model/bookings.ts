import { dayOf, daysLater, monthsLater } from './calendar.ts'
import { instalmentsOf } from './instalments.ts'
import { refuseIf } from './refused.ts'
import { type Booking, known, least, type Method, type Model, type Payment, planAt } from './state.ts'
import { credit, takeBack } from './wallets.ts'

export type Placing = {
  readonly member: number
  readonly vehicle: number
  readonly bookingAmount: bigint
  readonly months: number | null
  readonly referrer: number | null
}

export function placeBooking(model: Model, placing: Placing, now: Date): { id: number; paid: bigint } {
  const plan = planAt(model, now)
  const vehicle = known(model.vehicles, placing.vehicle)
  refuseIf(placing.referrer === placing.member, 'user.self_referral')
  refuseIf(vehicle.isSoldOut, 'vehicle.out_of_stock')
  refuseIf(placing.bookingAmount < plan.minPreBooking, 'booking.amount_too_small')
  refuseIf(placing.bookingAmount > vehicle.price, 'booking.amount_exceeds_total')
  const { months, bookingAmount } = placing
  const start = monthsLater(dayOf(now), 1)
  const financed = vehicle.price - bookingAmount
  const booking: Booking = {
    id: model.bookings.size + 1,
    member: placing.member,
    vehicle: vehicle.id,
    isReserved: vehicle.stock !== null,
    total: vehicle.price,
    bookingAmount,
    referrer: placing.referrer,
    isEmi: months !== null,
    parts: months === null ? [] : instalmentsOf({ financed, months, bps: plan.emiAnnualRateBps, start }),
    expiresAt: daysLater(now, plan.bookingExpiryDays),
    paid: 0n,
    status: 'pending',
    confirmedAt: null,
  }
  model.bookings.set(booking.id, booking)
  if (vehicle.stock !== null) {
    vehicle.stock -= 1
    vehicle.isSoldOut = vehicle.stock === 0
  }
  if (booking.isEmi) drawReserve(model, placing.member, now)
  return { id: booking.id, paid: booking.paid }
}

export const isOver = ({ status, expiresAt }: Booking, now: Date): boolean => status === 'pending' && now >= expiresAt

export function requireTakes(booking: Booking, amount: bigint, now: Date): void {
  refuseIf(booking.status === 'expired' || isOver(booking, now), 'booking.expired')
  refuseIf(booking.status !== 'pending' && booking.status !== 'active', 'booking.closed')
  refuseIf(amount <= 0n, 'payment.not_positive')
  refuseIf(amount > booking.total - booking.paid, 'payment.exceeds_remaining')
}

/** Writes a payment down; it counts nowhere yet. */
export function notePayment(
  model: Model,
  {
    booking,
    amount,
    method,
    completedAt,
  }: { booking: Booking; amount: bigint; method: Method; completedAt: Date | null },
): Payment {
  const payment: Payment = {
    id: model.payments.size + 1,
    booking: booking.id,
    member: booking.member,
    amount,
    method,
    refunded: 0n,
    status: completedAt ? 'completed' : 'pending',
    completedAt,
    bonus: null,
    bonusDueAt: null,
  }
  model.payments.set(payment.id, payment)
  return payment
}

/** A payment counts: the booking, its state, the wallet it came from, the member's standing. */
export function count(model: Model, payment: Payment, now: Date): void {
  const plan = planAt(model, now)
  const booking = known(model.bookings, payment.booking)
  const member = known(model.members, payment.member)
  booking.paid += payment.amount
  if (payment.method === 'wallet') member.balance -= payment.amount
  if (payment.method === 'emi_deduction') member.reserve -= payment.amount
  if (booking.paid === booking.total) booking.status = 'completed'
  else if (booking.paid >= plan.activeBuyerThreshold) booking.status = 'active'
  if (booking.status !== 'pending') booking.confirmedAt ??= now
  if (booking.confirmedAt && (booking.referrer ?? member.referrer) !== null) {
    for (const each of paymentsOf(model, booking.id)) {
      if (each.status === 'completed' && each.method !== 'emi_deduction' && !each.bonus) each.bonusDueAt ??= now
    }
  }
  recount(model, payment.member, now)
}

export const paymentsOf = (model: Model, booking: number): Payment[] =>
  [...model.payments.values()].filter((payment) => payment.booking === booking)

/** An Active Buyer has paid the threshold over all bookings that were not closed. */
export function recount(model: Model, id: number, now: Date): void {
  const plan = planAt(model, now)
  let paid = 0n
  for (const payment of model.payments.values()) {
    if (payment.member !== id || (payment.status !== 'completed' && payment.status !== 'refunded')) continue
    const { status } = known(model.bookings, payment.booking)
    if (status === 'cancelled' || status === 'expired') continue
    const isInternal = payment.method === 'wallet' || payment.method === 'emi_deduction'
    if (isInternal && plan.activeBuyerCounts === 'external_only') continue
    paid += payment.amount - payment.refunded
  }
  known(model.members, id).isActiveBuyer = paid >= plan.activeBuyerThreshold
}

/** What stands in the EMI reserve goes into the open EMI bookings, the oldest first. */
export function drawReserve(model: Model, id: number, now: Date): void {
  const member = known(model.members, id)
  for (const booking of model.bookings.values()) {
    if (member.reserve === 0n) return
    if (booking.member !== id || !isOpenEmi(booking, now)) continue
    const amount = least(member.reserve, booking.total - booking.paid)
    if (amount === 0n) continue
    count(model, notePayment(model, { booking, amount, method: 'emi_deduction', completedAt: now }), now)
  }
}

export const isOpenEmi = (booking: Booking, now: Date): boolean =>
  booking.isEmi && (booking.status === 'active' || (booking.status === 'pending' && now < booking.expiresAt))

/** A booking ends unpaid: all that it has received goes to the wallet, its bonuses back, its unit to the stock. */
export function close(model: Model, booking: Booking, { as, now }: { as: 'expired' | 'cancelled'; now: Date }): void {
  credit(known(model.members, booking.member), { amount: booking.paid })
  booking.paid = 0n
  booking.status = as
  for (const payment of paymentsOf(model, booking.id)) {
    if (payment.status === 'completed') {
      payment.status = 'refunded'
      payment.refunded = payment.amount
      payment.bonusDueAt = null
    }
    reverseBonus(model, payment, { kept: 0n })
  }
  recount(model, booking.member, now)
  if (!booking.isReserved) return
  const vehicle = known(model.vehicles, booking.vehicle)
  vehicle.stock! += 1
  vehicle.isSoldOut = false
}

export function cancel(model: Model, id: number, now: Date): void {
  const booking = known(model.bookings, id)
  refuseIf(booking.status !== 'pending' && booking.status !== 'active', 'booking.transition_refused')
  close(model, booking, { as: 'cancelled', now })
}

/** Takes a bonus back down to what it is still worth. */
export function reverseBonus(model: Model, { bonus }: Payment, { kept }: { kept: bigint }): void {
  if (!bonus) return
  const taken = bonus.amount - bonus.reversed - kept
  if (taken <= 0n) return
  bonus.reversed += taken
  takeBack(known(model.members, bonus.referrer), taken)
}
