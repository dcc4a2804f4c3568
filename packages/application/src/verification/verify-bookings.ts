import { bookingFigures, journalFigures, type Reader } from '@ev/db'
import { isClosed } from '@ev/domain'
import type { Findings } from './findings.ts'

/** What a booking received is the sum of its journal lines, of its payments and of its instalments. */
export async function verifyBookings(reader: Reader, found: Findings): Promise<void> {
  const receipts = await journalFigures.bookingSums(reader)
  const paid = await bookingFigures.paymentSums(reader)
  const refunded = await bookingFigures.refundSums(reader, 'bookingId')
  const instalments = await bookingFigures.instalmentSums(reader)
  for await (const page of bookingFigures.bookingPages(reader)) {
    for (const booking of page) {
      const subject = `booking ${booking.id}`
      found.expectEqual('booking.total_paid', subject, {
        expected: receipts.get(booking.id) ?? 0n,
        actual: booking.totalPaid,
      })
      found.expectEqual('booking.payments', subject, {
        expected: paid.get(booking.id) ?? 0n,
        actual: booking.totalPaid,
      })
      if (isClosed(booking.status)) continue
      // A completed booking stays completed when some of it is refunded, and lacks no more than that.
      const missing = booking.totalAmount - booking.totalPaid
      const isCompleted = booking.status === 'completed'
      const mayBeCompleted = missing === 0n || (isCompleted && missing <= (refunded.get(booking.id) ?? 0n))
      found.expectEqual('booking.completed', subject, { expected: mayBeCompleted, actual: isCompleted })
      if (booking.paymentOption !== 'emi_options') continue
      const beyondBookingAmount =
        booking.totalPaid > booking.bookingAmount ? booking.totalPaid - booking.bookingAmount : 0n
      const own = instalments.get(booking.id) ?? { paid: 0n, paidCount: 0 }
      found.expectEqual('booking.instalments', subject, { expected: beyondBookingAmount, actual: own.paid })
      found.expectEqual('booking.emi_paid_count', subject, { expected: own.paidCount, actual: booking.emiPaidCount })
    }
  }
}
