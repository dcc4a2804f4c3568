import type { bookings } from '@ev/db'
import { type BookingHistory, emiSchedule, type Instalment, istDate } from '@ev/domain'
import type { Verification } from './verification.ts'

export type InstalmentRow = bookings.InstalmentRow

type Laid = {
  readonly row: bookings.BookingRow
  readonly instalments: readonly InstalmentRow[]
  readonly history: BookingHistory
}

/** The instalments are those of the booking's terms, and what was received fills the booking amount and then the oldest of them. */
export function verifyInstalments(verification: Verification, { row, instalments, history }: Laid): void {
  const { found, before } = verification
  const isTakenOver = row.id <= before.lastBookingId
  const schedule = scheduleOf(verification, row)
  const subject = `booking ${row.id}`
  if (!isTakenOver)
    found.expectEqual('booking.emi_terms', subject, {
      expected: `${schedule.length} of ${schedule[0]?.amount ?? 'nothing'}`,
      actual: `${row.emiTotalCount} of ${row.emiAmount ?? 'nothing'}`,
    })
  found.expectEqual('booking.emi_paid_count', subject, { expected: history.emiPaidCount, actual: row.emiPaidCount })
  if (!isTakenOver)
    found.expectEqual('instalment.schedule', subject, {
      expected: schedule.map(scheduleText).join(', '),
      actual: instalments.map(scheduleText).join(', '),
    })
  for (const [index, instalment] of instalments.entries()) {
    const { paid, paidAt } = history.instalments[index]!
    const subject = `instalment ${instalment.id} of booking ${row.id}`
    found.expectEqual('instalment.paid_amount', subject, { expected: paid, actual: instalment.paidAmount })
    if (!isTakenOver)
      found.expectEqual('instalment.paid_at', subject, {
        expected: paidAt?.toISOString() ?? null,
        actual: instalment.paidAt?.toISOString() ?? null,
      })
    const allowed = statesOf(verification, { instalment, paid, isPaid: paidAt !== null })
    found.expectEqual('instalment.status', subject, {
      expected: allowed.includes(instalment.status) ? instalment.status : allowed.join(' or '),
      actual: instalment.status,
    })
  }
}

function scheduleOf({ plans }: Verification, row: bookings.BookingRow): Instalment[] {
  const { emiDurationMonths: months, emiStartDate: start, totalAmount, bookingAmount } = row
  if (row.paymentOption !== 'emi_options' || months === null || start === null) return []
  const { emiAnnualRateBps: annualRateBps } = plans.version(row.planVersion)
  return emiSchedule({ financed: totalAmount - bookingAmount, months, annualRateBps, start })
}

const scheduleText = ({ number, dueDate, amount, principal, interest }: Instalment) =>
  `${number}: ${amount} (${principal} + ${interest}) on ${dueDate}`

/** One past due is marked as overdue some time after, by a schedule or a payment. */
function statesOf(
  { now }: Verification,
  { instalment, paid, isPaid }: { instalment: InstalmentRow; paid: bigint; isPaid: boolean },
): InstalmentRow['status'][] {
  if (isPaid) return ['paid']
  const open = paid > 0n ? 'partial' : 'pending'
  return instalment.dueDate < istDate(now) ? [open, 'overdue'] : [open]
}
