import type { Debt, Origins } from '@ev/application'
import type { walletOrigins } from '@ev/db'
import { bookingStatuses, paymentMethods, paymentStatuses, payoutStatuses } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees, signedRupees } from '../http/index.ts'

// What may lie behind a row of a statement, as its explanation shows it.

export const entryLink = z.object({ id: idNumber, key: z.string() })

export const payment = z.object({
  id: idNumber,
  user: idNumber,
  booking: idNumber,
  amount: rupees,
  refunded_amount: rupees,
  payment_method: z.enum(paymentMethods),
  status: z.enum(paymentStatuses),
  payment_date: instant,
  completed_at: instant.nullable(),
})
export const booking = z.object({
  id: idNumber,
  user: idNumber,
  booking_number: z.string().nullable().meta({ description: 'Its number; null when the booking is another member’s.' }),
  status: z.enum(bookingStatuses),
  confirmed_at: instant.nullable(),
})
export const bonus = z.object({
  id: idNumber,
  amount: rupees,
  reversed_amount: rupees,
  plan_version: z.int(),
  created_at: instant,
})
export const refund = z.object({
  id: idNumber,
  payment: idNumber,
  amount: rupees,
  reason: z.string(),
  created_at: instant,
})
export const payout = z.object({
  id: idNumber,
  requested_amount: rupees,
  tds_amount: rupees,
  net_amount: rupees,
  emi_amount: rupees,
  transfer_amount: rupees,
  status: z.enum(payoutStatuses),
  bank_reference: z.string().nullable(),
  created_at: instant,
  completed_at: instant.nullable(),
})
export const adjustment = z.object({ id: idNumber, amount: signedRupees, reason: z.string(), created_at: instant })
export const debt = z.object({
  transaction: idNumber.meta({ description: 'The row of the statement that lent the money.' }),
  journal_entry: entryLink.meta({ description: 'The reversal that did not find it.' }),
  amount: rupees,
  outstanding_before: rupees,
  recovered: rupees,
  created_at: instant,
})

export function toPaymentFields({ payment, booking, payments = [], refunds = [] }: Origins, userId: number) {
  const bonus = payment?.referralBonus
  return {
    payment: payment ? toPayment(payment) : null,
    booking: booking
      ? {
          id: booking.id,
          user: booking.userId,
          booking_number: booking.userId === userId ? booking.bookingNumber : null,
          status: booking.status,
          confirmed_at: booking.confirmedAt,
        }
      : null,
    bonus:
      bonus?.referrerId === userId
        ? {
            id: bonus.id,
            amount: bonus.amount,
            reversed_amount: bonus.reversedAmount,
            plan_version: bonus.planVersion,
            created_at: bonus.createdAt,
          }
        : null,
    payments: payments.map(toPayment),
    refunds: refunds.map(({ id, paymentId, amount, reason, createdAt }) => ({
      id,
      payment: paymentId,
      amount,
      reason,
      created_at: createdAt,
    })),
  }
}

const toPayment = (row: walletOrigins.PaymentOfRow): z.output<typeof payment> => ({
  id: row.id,
  user: row.userId,
  booking: row.bookingId,
  amount: row.amount,
  refunded_amount: row.refundedAmount,
  payment_method: row.paymentMethod,
  status: row.status,
  payment_date: row.paymentDate,
  completed_at: row.completedAt,
})

export const toPayout = (row: NonNullable<Origins['payout']>): z.output<typeof payout> => ({
  id: row.id,
  requested_amount: row.requestedAmount,
  tds_amount: row.tdsAmount,
  net_amount: row.netAmount,
  emi_amount: row.emiAmount,
  transfer_amount: row.transferAmount,
  status: row.status,
  bank_reference: row.bankReference,
  created_at: row.createdAt,
  completed_at: row.completedAt,
})

export const toDebt = ({ row, outstandingBefore, recovered }: Debt): z.output<typeof debt> => ({
  transaction: row.id,
  journal_entry: { id: row.journalEntry.id, key: row.journalEntry.key },
  amount: row.amount,
  outstanding_before: outstandingBefore,
  recovered,
  created_at: row.createdAt,
})

export const toAdjustment = (row: walletOrigins.AdjustmentOfRow): z.output<typeof adjustment> => ({
  id: row.id,
  amount: row.amount,
  reason: row.reason,
  created_at: row.createdAt,
})
