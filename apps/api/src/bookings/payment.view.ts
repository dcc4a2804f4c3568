import type { payments } from '@ev/db'
import { paymentMethods, paymentStatuses } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'

/** A payment towards a booking; one that is pending does not count yet. `refunded_amount` is what was given back of it. */
export const paymentView = z
  .object({
    id: idNumber,
    booking: idNumber,
    booking_number: z.string(),
    user: idNumber,
    amount: rupees,
    refunded_amount: rupees,
    payment_method: z.enum(paymentMethods),
    transaction_id: z.string().nullable(),
    status: z.enum(paymentStatuses),
    payment_date: instant,
    completed_at: instant.nullable(),
    notes: z.string(),
  })
  .meta({ id: 'Payment' })

export function toPaymentView(payment: payments.PaymentDetails): z.output<typeof paymentView> {
  return {
    id: payment.id,
    booking: payment.bookingId,
    booking_number: payment.booking.bookingNumber,
    user: payment.userId,
    amount: payment.amount,
    refunded_amount: payment.refundedAmount,
    payment_method: payment.paymentMethod,
    transaction_id: payment.transactionId,
    status: payment.status,
    payment_date: payment.paymentDate,
    completed_at: payment.completedAt,
    notes: payment.notes,
  }
}
