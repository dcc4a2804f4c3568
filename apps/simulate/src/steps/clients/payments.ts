import { confirmPayment, failPayment, makePayment, openPaymentOrder, refundPayment } from '@ev/application'
import type { Chance } from '../../chance.ts'
import { confirm, fail, pay, refund } from '../../model/payments.ts'
import { refuseIf } from '../../model/refused.ts'
import type { Model } from '../../model/state.ts'
import type { Operation } from '../../operation.ts'
import { amountUpTo } from '../amounts.ts'
import { admin, asMember } from './actors.ts'
import { anOpenBooking, pickOften } from './choices.ts'

const toPayment = ({ id, status, amount }: { id: number; status: string; amount: bigint }) => ({ id, status, amount })

export function makeAPayment(model: Model, chance: Chance): Operation | null {
  const booking = anOpenBooking(model, chance)
  if (!booking) return null
  const { id, member } = booking
  const amount = amountUpTo(chance, booking.total - booking.paid, { beyond: 0.05 })
  const isByStaff = chance.isLucky(0.2)
  const method = isByStaff
    ? chance.pick(['cash', 'bank_transfer'] as const)
    : chance.pick(['online', 'online', 'online', 'wallet', 'wallet', 'cash', 'bank_transfer'] as const)
  return {
    name: 'make payment',
    facts: `booking ${id} ${amount} by ${method}${isByStaff ? ' recorded by staff' : ''}`,
    async ask(deps, idempotency) {
      const actor = isByStaff ? admin : asMember(member)
      const made = await makePayment(deps, { actor, idempotency, bookingId: id, amount, method, transactionId: null })
      return toPayment(made.value)
    },
    expect: (expected, now) => toPayment(pay(expected, { booking: id, amount, method, isByStaff }, now)),
  }
}

export function review(model: Model, chance: Chance): Operation | null {
  const pending = [...model.payments.values()].filter(({ status }) => status === 'pending')
  const payment = pickOften(chance, pending, [...model.payments.values()])
  if (!payment) return null
  const command = { actor: admin, paymentId: payment.id, reason: 'It did not come.' }
  const isConfirmed = chance.isLucky(0.8)
  return {
    name: isConfirmed ? 'confirm payment' : 'fail payment',
    facts: `payment ${payment.id}`,
    async ask(deps, idempotency) {
      const work = isConfirmed ? confirmPayment : failPayment
      return toPayment((await work(deps, { ...command, idempotency })).value)
    },
    expect: (expected, now) => toPayment(isConfirmed ? confirm(expected, payment.id, now) : fail(expected, payment.id)),
  }
}

export function giveRefund(model: Model, chance: Chance): Operation | null {
  const paid = [...model.payments.values()].filter(({ status }) => status === 'completed')
  const payment = pickOften(chance, paid, [...model.payments.values()])
  if (!payment) return null
  const amount = chance.isLucky(0.4) ? null : amountUpTo(chance, payment.amount - payment.refunded, { beyond: 0.1 })
  const paymentId = payment.id
  return {
    name: 'refund payment',
    facts: `payment ${paymentId} ${amount ?? 'all that is left'}`,
    async ask(deps, idempotency) {
      const made = await refundPayment(deps, { actor: admin, idempotency, paymentId, amount, reason: 'Asked for' })
      return { ...toPayment(made.value), refunded: made.value.refundedAmount }
    },
    expect(expected, now) {
      const made = refund(expected, { id: paymentId, amount }, now)
      return { ...toPayment(made), refunded: made.refunded }
    },
  }
}

export function openOrder(model: Model, chance: Chance): Operation | null {
  const booking = anOpenBooking(model, chance)
  if (!booking) return null
  const amount = amountUpTo(chance, booking.total - booking.paid, { beyond: 0 })
  let opened = ''
  return {
    name: 'open order',
    facts: `booking ${booking.id} ${amount}`,
    async ask(deps, idempotency) {
      const command = { actor: asMember(booking.member), idempotency, bookingId: booking.id, amount }
      opened = (await openPaymentOrder(deps, command)).value.providerOrderId
      return { amount }
    },
    expect(expected, now) {
      refuseIf(
        booking.status === 'expired' || (booking.status === 'pending' && now >= booking.expiresAt),
        'booking.expired',
      )
      refuseIf(booking.status !== 'pending' && booking.status !== 'active', 'booking.closed')
      refuseIf(amount <= 0n, 'payment.not_positive')
      refuseIf(opened === '', 'service.unavailable')
      expected.orders.set(opened, { booking: booking.id, amount, payment: null })
      return { amount }
    },
  }
}
