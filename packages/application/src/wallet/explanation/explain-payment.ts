import { walletOrigins } from '@ev/db'
import { formatInr } from '@ev/domain'
import { difference, given, type Named, negative, resultOf, sum } from './steps.ts'
import type { Explained, Subject } from './subject.ts'

/** A payment out of the wallet towards a booking. */
export async function explainBookingPayment({ reader, row }: Subject): Promise<Explained> {
  const payment = await walletOrigins.paymentOfRow(reader, row.referenceId)
  return {
    reasons: [`Payment ${payment.id} moved ${formatInr(payment.amount)} from the wallet.`],
    steps: [negative('amount', ['payment_amount', payment.amount])],
    settings: [],
    origins: { payment, booking: payment.booking },
  }
}

/** A part or all of a payment that went back into the wallet, or online money that its booking could not take. */
export async function explainRefund({ reader, row, entry }: Subject): Promise<Explained> {
  const { payment, ...refund } = await walletOrigins.refundOfRow(reader, row.referenceId)
  const earlier = await walletOrigins.refundsBefore(reader, payment.refunds, entry.id)
  const refunded = earlier.map(({ amount }): Named => ['earlier_refund', amount])
  const before = difference('left_before', ['payment_amount', payment.amount], ...refunded)
  const amount = given('amount', ['refund_amount', refund.amount])
  return {
    reasons: [
      `${formatInr(refund.amount)} of payment ${payment.id} went back (refund ${refund.id}): ${refund.reason}`,
      `Of the payment ${formatInr(before.result)} was left before, and ${formatInr(before.result - refund.amount)} after.`,
    ],
    steps: [before, difference('left_after', resultOf(before), ['refund_amount', refund.amount]), amount],
    settings: [],
    origins: { payment, booking: payment.booking, refunds: [...earlier, refund] },
  }
}

/** All that a closed booking had received. */
export async function explainClosing({ reader, row, entry }: Subject): Promise<Explained> {
  const { payments: all, ...booking } = await walletOrigins.bookingOfRow(reader, row.referenceId)
  const payments = []
  const steps = []
  for (const payment of await walletOrigins.paymentsBefore(reader, all, entry.id)) {
    const earlier = await walletOrigins.refundsBefore(reader, payment.refunds, entry.id)
    const refunded = earlier.map(({ amount }): Named => ['earlier_refund', amount])
    const left = difference(`left_of_payment_${payment.id}`, ['payment_amount', payment.amount], ...refunded)
    if (left.result === 0n) continue
    payments.push(payment)
    steps.push(left)
  }
  return {
    reasons: [
      `Booking ${booking.bookingNumber} was closed, and all that it had received went back to the wallet.`,
      `It had received ${payments.map(({ id, amount }) => `${formatInr(amount)} (payment ${id})`).join(', ')}.`,
    ],
    steps: [...steps, sum('amount', ...steps.map(resultOf))],
    settings: [],
    origins: { booking, payments },
  }
}

/** Money that an administrator put in, or corrected. */
export async function explainAdjustment({ reader, row }: Subject): Promise<Explained> {
  const adjustment = await walletOrigins.adjustmentOfRow(reader, row.referenceId)
  const did = adjustment.kind === 'deposit' ? 'recorded money received' : 'corrected the wallet'
  return {
    reasons: [`An administrator ${did}: ${adjustment.reason}`],
    steps: [given('amount', ['adjustment_amount', adjustment.amount])],
    settings: [],
    origins: { adjustment },
  }
}
