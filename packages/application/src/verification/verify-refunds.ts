import { paymentFigures, withEntries } from '@ev/db'
import { emptyWallet, refundJournal, takenOverRefund } from '@ev/domain'
import { compareEntries, reportOrphans } from './compare-entries.ts'
import type { Verification } from './verification.ts'

/** Every refund left the booking's receipts for the member's wallet, or for the EMI reserve that the payment came from. */
export async function verifyRefunds({ reader, found, before, count }: Verification): Promise<void> {
  for await (const { rows, entries } of withEntries(reader, 'refund', paymentFigures.readRefunds(reader))) {
    count('refunds', rows.length)
    reportOrphans(found, { kind: 'refund', rows, entries })
    for (const { id, amount, paymentId, bookingId, userId, actorId, payment } of rows) {
      const subject = `refund ${id}`
      compareEntries(found, {
        kind: 'refund',
        subject,
        expected: () => [
          actorId === null && paymentId <= before.lastPaymentId
            ? takenOverRefund({ id, bookingId, amount })
            : refundJournal(
                { id: payment.bookingId, number: payment.booking.bookingNumber },
                { id: paymentId, userId: payment.userId, method: payment.paymentMethod },
                { id, amount },
                emptyWallet(payment.userId),
              ),
        ],
        actual: entries.get(id) ?? [],
      })
      found.expectEqual('refund.payment', subject, {
        expected: `booking ${payment.bookingId} of member ${payment.userId}`,
        actual: `booking ${bookingId} of member ${userId}`,
      })
    }
  }
}
