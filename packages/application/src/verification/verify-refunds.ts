import { bookingFigures, journalFigures, type Reader } from '@ev/db'
import { isClosed, refundKey } from '@ev/domain'
import type { Findings } from './findings.ts'

/** Every payment says what its refunds add up to, and every refund left the booking's receipts. */
export async function verifyRefunds(reader: Reader, found: Findings): Promise<void> {
  const refunded = await bookingFigures.refundSums(reader, 'paymentId')
  for await (const page of bookingFigures.paymentPages(reader)) {
    for (const { id, amount, refundedAmount, status, booking } of page) {
      const subject = `payment ${id}`
      const isReceived = status === 'completed' || status === 'refunded'
      // A closed booking gives everything back in one entry, beside what was refunded before.
      const inAll = isReceived && isClosed(booking.status) ? amount : (refunded.get(id) ?? 0n)
      found.expectEqual('payment.refunded_amount', subject, { expected: inAll, actual: refundedAmount })
      if (isReceived)
        found.expectEqual('payment.refunded', subject, {
          expected: refundedAmount === amount,
          actual: status === 'refunded',
        })
    }
  }
  for await (const page of bookingFigures.refundPages(reader)) {
    const posted = await journalFigures.receiptsOfEntries(
      reader,
      page.map(({ id }) => refundKey(id)),
    )
    for (const { id, amount } of page) {
      const actual = posted.get(refundKey(id)) ?? 0n
      found.expectEqual('refund.posted', `refund ${id}`, { expected: -amount, actual })
    }
  }
}
