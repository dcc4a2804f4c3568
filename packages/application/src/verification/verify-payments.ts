import { paymentFigures, type StoredEntry, withEntries } from '@ev/db'
import { isClosed, isReferralKey, openingKey, paymentJournal, takenOverPayment } from '@ev/domain'
import { compareEntries, reportOrphans } from './compare-entries.ts'
import type { Verification } from './verification.ts'
import { verifyBonus } from './verify-bonuses.ts'

type PaymentRow = Awaited<ReturnType<ReturnType<typeof paymentFigures.readPayments>>>[number]

/** Every payment: its own entry, what was refunded of it, and its referral bonus; and the orders at a gateway that became payments. */
export async function verifyPayments(verification: Verification): Promise<void> {
  const { reader, found, count } = verification
  const pages = withEntries(reader, 'payment', paymentFigures.readPayments(reader))
  for await (const { rows, range, entries } of pages) {
    count('payments', rows.length)
    const refunded = await paymentFigures.refundSums(reader, range)
    reportOrphans(found, { kind: 'payment', rows, entries })
    for (const row of rows) {
      const own = entries.get(row.id) ?? []
      verifyPayment(verification, { row, entries: own.filter(({ key }) => !isReferralKey(key)) })
      verifyRefunded(verification, { row, refunds: refunded.get(row.id) ?? 0n })
      verifyBonus(verification, { row, entries: own.filter(({ key }) => isReferralKey(key)) })
    }
  }
  await verifyOrders(verification)
}

const isReceived = ({ status }: PaymentRow) => status === 'completed' || status === 'refunded'

function verifyPayment(
  { found, before }: Verification,
  { row, entries }: { row: PaymentRow; entries: StoredEntry[] },
): void {
  const { id, userId, amount, paymentMethod: method, bookingId, booking } = row
  const subject = `payment ${id}`
  compareEntries(found, {
    kind: 'payment',
    subject,
    expected: () => {
      if (!isReceived(row)) return []
      const isTakenOver = id <= before.lastPaymentId
      // One that had been given back before it was taken over was never posted here.
      if (isTakenOver && row.status === 'refunded' && entries.length === 0) return []
      // One that was still to be confirmed when it was taken over was received here.
      if (isTakenOver && entries.some(({ key }) => key === openingKey('payment', id)))
        return [takenOverPayment({ id, bookingId, amount, method })]
      return [paymentJournal({ id: bookingId, number: booking.bookingNumber }, { id, userId, amount, method })]
    },
    actual: entries,
  })
  found.expectEqual('payment.completed_at', subject, { expected: isReceived(row), actual: row.completedAt !== null })
  found.expectEqual('payment.member', subject, { expected: booking.userId, actual: userId })
}

function verifyRefunded({ found }: Verification, { row, refunds }: { row: PaymentRow; refunds: bigint }): void {
  const { id, amount, refundedAmount, status, booking } = row
  const subject = `payment ${id}`
  // A closed booking gives everything back in one entry, beside what was refunded before.
  const inAll = isReceived(row) && isClosed(booking.status) ? amount : refunds
  found.expectEqual('payment.refunded_amount', subject, { expected: inAll, actual: refundedAmount })
  if (isReceived(row))
    found.expectEqual('payment.refunded', subject, {
      expected: refundedAmount === amount,
      actual: status === 'refunded',
    })
}

async function verifyOrders({ reader, found, count }: Verification): Promise<void> {
  for await (const page of paymentFigures.orderPages(reader)) {
    count('payment orders', page.length)
    for (const { id, status, amount, bookingId, userId, payment } of page) {
      const isPaid = status === 'paid'
      found.expectEqual('order.payment', `payment order ${id}`, {
        expected: isPaid ? `${amount} of member ${userId} for booking ${bookingId}` : 'no payment',
        actual: payment
          ? `${payment.amount} of member ${payment.userId} for booking ${payment.bookingId}`
          : 'no payment',
      })
    }
  }
}
