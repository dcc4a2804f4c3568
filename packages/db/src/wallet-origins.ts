import { bookingRefundKey, type Paise, paymentKey, referralReversalKey, refundKey, reserveDrawKey } from '@ev/domain'
import type { Reader } from './client.ts'
import { beginsWith } from './list-filters.ts'

// What lies behind a row of a statement. Entries of one member follow each other under the lock of the wallet, so the ids of
// entries are the order in which they were posted.

/** An entry with its lines in the order of posting, what it takes back or was taken back by, and its rows in one member's statement. */
export function entryOfRow(reader: Reader, { id, userId }: { id: number; userId: number }) {
  const link = { select: { id: true, key: true } } as const
  return reader.journalEntry.findUniqueOrThrow({
    where: { id },
    include: {
      lines: { orderBy: { id: 'asc' } },
      reverses: link,
      reversedBy: link,
      walletTransactions: { where: { userId }, orderBy: { lineNumber: 'asc' } },
    },
  })
}

export type EntryOfRow = Awaited<ReturnType<typeof entryOfRow>>

const paid = {
  booking: {
    select: { id: true, bookingNumber: true, userId: true, status: true, totalAmount: true, confirmedAt: true },
  },
  referralBonus: true,
  refunds: { orderBy: { id: 'asc' } },
} as const

/** A payment with its booking, the bonus that it earned, and what was given back of it. */
export function paymentOfRow(reader: Reader, id: number) {
  return reader.payment.findUniqueOrThrow({ where: { id }, include: paid })
}

export type PaymentOfRow = Awaited<ReturnType<typeof paymentOfRow>>
export type BookingOfRow = PaymentOfRow['booking']
export type RefundOfRow = PaymentOfRow['refunds'][number]

export function refundOfRow(reader: Reader, id: number) {
  return reader.refund.findUniqueOrThrow({ where: { id }, include: { payment: { include: paid } } })
}

/** A booking with its payments, and what was given back of each. */
export function bookingOfRow(reader: Reader, id: number) {
  return reader.booking.findUniqueOrThrow({
    where: { id },
    select: {
      ...paid.booking.select,
      payments: { include: paid, orderBy: { id: 'asc' } },
    },
  })
}

export function adjustmentOfRow(reader: Reader, id: number) {
  return reader.walletAdjustment.findUniqueOrThrow({ where: { id } })
}

export type AdjustmentOfRow = Awaited<ReturnType<typeof adjustmentOfRow>>

/** Those of these refunds that were posted before an entry. */
export async function refundsBefore(
  reader: Reader,
  refunds: readonly RefundOfRow[],
  entryId: number,
): Promise<RefundOfRow[]> {
  const keys = refunds.map(({ id }) => refundKey(id))
  const entries = await reader.journalEntry.findMany({
    where: { key: { in: keys }, id: { lt: entryId } },
    select: { referenceId: true },
  })
  const posted = new Set(entries.map(({ referenceId }) => referenceId))
  return refunds.filter(({ id }) => posted.has(id))
}

/** Those of these payments whose money was posted before an entry. */
export async function paymentsBefore(
  reader: Reader,
  payments: readonly PaymentOfRow[],
  entryId: number,
): Promise<PaymentOfRow[]> {
  const keys = payments.flatMap(({ id }) => [paymentKey(id), reserveDrawKey(id)])
  const entries = await reader.journalEntry.findMany({
    where: { key: { in: keys }, id: { lt: entryId } },
    select: { referenceId: true },
  })
  const posted = new Set(entries.map(({ referenceId }) => referenceId))
  return payments.filter(({ id }) => posted.has(id))
}

/** Whether the closing of a booking had given back what it had received before an entry was posted. */
export async function wasClosedBefore(reader: Reader, bookingId: number, entryId: number): Promise<boolean> {
  const where = { key: bookingRefundKey(bookingId), id: { lt: entryId } }
  return (await reader.journalEntry.count({ where })) > 0
}

/** What had been taken back of a payment's bonus before an entry was posted. */
export async function bonusReversedBefore(reader: Reader, paymentId: number, entryId: number): Promise<Paise> {
  const ofPayment = { referenceType: 'payment', referenceId: paymentId, transactionType: 'REVERSAL' } as const
  const entry = { key: beginsWith(referralReversalKey(paymentId)), id: { lt: entryId } }
  const { _sum } = await reader.walletTransaction.aggregate({
    where: { ...ofPayment, journalEntry: entry },
    _sum: { amount: true },
  })
  return -(_sum.amount ?? 0n)
}

/** A member's RECOVERY rows up to one of them, oldest first: what was lent, positive, and what was recovered since. */
export function recoveriesUpTo(reader: Reader, { userId, id }: { userId: number; id: number }) {
  return reader.walletTransaction.findMany({
    where: { userId, transactionType: 'RECOVERY', id: { lte: id } },
    orderBy: { id: 'asc' },
    include: { journalEntry: { select: { id: true, key: true } } },
  })
}

export type RecoveryRow = Awaited<ReturnType<typeof recoveriesUpTo>>[number]

/** The payment that next drew on a member's EMI reserve after an entry: where an EMI deduction went. */
export async function nextDrawAfter(
  reader: Reader,
  { userId, entryId }: { userId: number; entryId: number },
): Promise<PaymentOfRow | null> {
  const line = await reader.journalLine.findFirst({
    where: {
      userId,
      accountKind: 'member_emi_reserve',
      amount: { lt: 0 },
      entryId: { gt: entryId },
      entry: { referenceType: 'payment' },
    },
    orderBy: { id: 'asc' },
    select: { entry: { select: { referenceId: true } } },
  })
  return line && paymentOfRow(reader, line.entry.referenceId)
}
