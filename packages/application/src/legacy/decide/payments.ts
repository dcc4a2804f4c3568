import type { LegacyRecord, takeOver } from '@ev/db'
import { isClosed, type Journal, minPaise, type Paise, sumPaise, takenOverPayment, takenOverRefund } from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { paymentMethods, paymentStatuses } from '../mapping.ts'
import { idOf, instantOf, instantOrNull, paiseOf, textOf, textOrNull, wordOf } from '../values.ts'
import type { BookingSources } from './booking-sources.ts'

export type PaymentRow = takeOver.NewRows['payments']
type RefundRow = takeOver.NewRows['refunds']

/** A journal entry and the moment that it tells of. */
export type OpeningJournal = { readonly journal: Journal; readonly at: Date }

/** A booking's payments; `counted` are those that the replaced platform counts as received. */
export type BookingPayments = { readonly all: PaymentRow[]; readonly counted: PaymentRow[] }

export function decidePayments(
  rows: readonly LegacyRecord[],
  { found, now, members, transactionIds }: BookingSources & { transactionIds: Set<string> },
): BookingPayments {
  const all = rows.flatMap((row): PaymentRow[] => {
    const id = idOf(row)
    const amount = paiseOf(row, 'amount')
    if (amount <= 0n) {
      found.add('payment.amount', `payment ${id}`, { amount })
      return []
    }
    if (!members.has(idOf(row, 'user_id'))) {
      found.add('row.orphan', `payment ${id}`, { amount })
      return []
    }
    const status = wordOf(paymentStatuses, textOf(row, 'status'))
    if (status === null) found.add('word.unknown', `status of payment ${id}`, { note: textOf(row, 'status', 20) })
    const method = wordOf(paymentMethods, textOf(row, 'payment_method'))
    if (method === null)
      found.add('word.unknown', `method of payment ${id}`, { note: textOf(row, 'payment_method', 20) })
    const paymentDate = instantOf(row, 'payment_date', now)
    const isReceived = status === 'completed' || status === 'refunded'
    return [
      {
        id,
        bookingId: idOf(row, 'booking_id'),
        userId: idOf(row, 'user_id'),
        amount,
        refundedAmount: status === 'refunded' ? amount : 0n,
        paymentMethod: method ?? 'bank_transfer',
        status: status ?? 'pending',
        transactionId: freeTransactionId(row, transactionIds),
        notes: textOf(row, 'notes', 1_000),
        paymentDate,
        completedAt: isReceived ? instantOf(row, 'completed_at', paymentDate) : instantOrNull(row, 'completed_at'),
        createdAt: paymentDate,
      },
    ]
  })
  return { all, counted: all.filter(({ status }) => status === 'completed') }
}

/** They compare exactly here and without case there, so only a repetition that the old index let through is left out. */
function freeTransactionId(row: LegacyRecord, taken: Set<string>): string | null {
  const text = textOrNull(row, 'transaction_id', 200)
  if (text === null || taken.has(text)) return null
  taken.add(text)
  return text
}

type Settling = {
  readonly booking: takeOver.NewRows['bookings']
  readonly numbering: { next: number; nextRefund: number }
  readonly found: Discrepancies
  readonly now: Date
}

/**
 * Makes the payments add up to what the booking says: what is missing becomes a payment of its own, what is too much is refunded into the
 * account `opening`. A closed booking's payments are marked refunded, as when it is closed here, and have no entries.
 */
export function settlePayments(
  { all, counted }: BookingPayments,
  { booking, numbering, now }: Settling,
): { payments: PaymentRow[]; refunds: RefundRow[]; journals: OpeningJournal[] } {
  if (isClosed(booking.status!)) {
    return {
      payments: all.map((payment) => (isReceived(payment) ? refundedWhole(payment) : payment)),
      refunds: [],
      journals: [],
    }
  }
  const excess = sumPaise(counted.map(({ amount }) => BigInt(amount))) - BigInt(booking.totalPaid ?? 0)
  const missing = excess < 0n ? [missingPayment(booking, { id: numbering.next++, amount: -excess, now })] : []
  const payments = [...lessExcess(all, excess > 0n ? excess : 0n), ...missing]
  const refunds = payments
    .filter((payment) => isReceived(payment) && BigInt(payment.refundedAmount ?? 0) > 0n)
    .map((payment): RefundRow => refundOf(payment, { id: numbering.nextRefund++, now }))
  return {
    payments,
    refunds,
    journals: [...payments.filter(isReceived).map(receiptOf), ...refunds.map(refundEntry)],
  }
}

const isReceived = ({ status }: PaymentRow): boolean => status === 'completed' || status === 'refunded'

const refundedWhole = (payment: PaymentRow): PaymentRow => ({
  ...payment,
  status: 'refunded',
  refundedAmount: payment.amount,
})

/** Takes what is too much off the latest payments first. */
function lessExcess(payments: readonly PaymentRow[], excess: Paise): PaymentRow[] {
  let rest = excess
  return [...payments]
    .reverse()
    .map((payment) => {
      if (payment.status !== 'completed' || rest === 0n) return payment
      const refundedAmount = minPaise(BigInt(payment.amount), rest)
      rest -= refundedAmount
      return {
        ...payment,
        refundedAmount,
        status: refundedAmount === payment.amount ? ('refunded' as const) : payment.status,
      }
    })
    .reverse()
}

/**
 * Money that the booking counts and no payment explains. It counts as an EMI deduction, the one method that earns nobody a bonus and whose
 * refund is never money to withdraw.
 */
function missingPayment(
  booking: takeOver.NewRows['bookings'],
  { id, amount, now }: { id: number; amount: Paise; now: Date },
): PaymentRow {
  const at = booking.updatedAt as Date
  return {
    id,
    bookingId: booking.id!,
    userId: booking.userId,
    amount,
    refundedAmount: 0n,
    paymentMethod: 'emi_deduction',
    status: 'completed',
    notes: 'Counted by the replaced platform without a payment',
    paymentDate: at,
    completedAt: at,
    createdAt: now,
  }
}

function refundOf(payment: PaymentRow, { id, now }: { id: number; now: Date }): RefundRow {
  const wasRefunded = payment.refundedAmount === payment.amount
  return {
    id,
    paymentId: payment.id!,
    bookingId: payment.bookingId,
    userId: payment.userId,
    amount: payment.refundedAmount!,
    reason: 'Not counted in the booking when it was taken over from the replaced platform',
    createdAt: wasRefunded ? (payment.completedAt as Date) : now,
  }
}

function receiptOf({ id, bookingId, amount, paymentMethod: method, completedAt }: PaymentRow): OpeningJournal {
  return { at: completedAt as Date, journal: takenOverPayment({ id: id!, bookingId, amount: BigInt(amount), method }) }
}

function refundEntry({ id, bookingId, amount, createdAt }: RefundRow): OpeningJournal {
  return { at: createdAt as Date, journal: takenOverRefund({ id: id!, bookingId, amount: BigInt(amount) }) }
}
