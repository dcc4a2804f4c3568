import { bookingFigures, bookings, type StoredEntry, withEntries } from '@ev/db'
import {
  type BookingHistory,
  type BookingStatus,
  bookingHistory,
  cancelBooking,
  emptyWallet,
  isClosed,
  type Receipt,
} from '@ev/domain'
import { compareEntries, reportOrphans } from './compare-entries.ts'
import type { Verification } from './verification.ts'
import { type InstalmentRow, verifyInstalments } from './verify-instalments.ts'
import { type UnitRow, verifyUnit } from './verify-stock.ts'

type BookingRow = bookings.BookingRow

/** What belongs to one booking. */
type BookingFile = {
  readonly row: BookingRow
  readonly entries: readonly StoredEntry[]
  readonly receipts: readonly bookingFigures.StoredReceipt[]
  readonly returned: bookingFigures.Returned
  readonly paid: bigint
  readonly instalments: readonly InstalmentRow[]
  readonly units: readonly UnitRow[]
}

/** Every booking: its totals are what was received, and its state, dates and instalments follow from that. */
export async function verifyBookings(verification: Verification): Promise<void> {
  const { reader, found, count } = verification
  const pages = withEntries(reader, 'booking', bookingFigures.readBookings(reader))
  for await (const { rows, range, entries } of pages) {
    count('bookings', rows.length)
    reportOrphans(found, { kind: 'booking', rows, entries })
    const receipts = await bookingFigures.receipts(reader, range)
    const returned = await bookingFigures.returnedPayments(reader, range)
    const paid = await bookingFigures.paymentSums(reader, range)
    const instalments = await bookingFigures.instalments(reader, range)
    const units = await bookingFigures.units(reader, range)
    for (const row of rows) {
      verifyBooking(verification, {
        row,
        entries: entries.get(row.id) ?? [],
        receipts: receipts.get(row.id) ?? [],
        returned,
        paid: paid.get(row.id) ?? 0n,
        instalments: instalments.get(row.id) ?? [],
        units: units.get(row.id) ?? [],
      })
    }
  }
}

function verifyBooking(verification: Verification, file: BookingFile): void {
  const { found } = verification
  const { row } = file
  const subject = `booking ${row.id}`
  const history = historyOf(verification, file)
  compareEntries(found, {
    kind: 'booking',
    subject,
    expected: () => closingJournals(row, history),
    actual: file.entries,
  })
  const received = file.receipts.reduce((sum, { amount }) => sum + amount, 0n)
  found.expectEqual('booking.total_paid', subject, { expected: received, actual: row.totalPaid })
  found.expectEqual('booking.payments', subject, { expected: file.paid, actual: row.totalPaid })
  verifyInstalments(verification, { row, instalments: file.instalments, history })
  verifyUnit(verification, { row, units: file.units })
  // The replaced platform had rules and dates of its own.
  if (row.id <= verification.before.lastBookingId) return
  const allowed = statesAfter[history.status]
  found.expectEqual('booking.status', subject, {
    expected: allowed.includes(row.status) ? row.status : allowed.join(' or '),
    actual: row.status,
  })
  found.expectEqual('booking.confirmed_at', subject, instants(history.confirmedAt, row.confirmedAt))
  found.expectEqual('booking.completed_at', subject, instants(history.completedAt, row.completedAt))
}

/** The states that a booking may be in after what it received: it may also have been closed before it was completed. */
const statesAfter: Readonly<Record<BookingHistory['status'], readonly BookingStatus[]>> = {
  pending: ['pending', 'expired', 'cancelled'],
  active: ['active', 'cancelled'],
  completed: ['completed'],
}

/** Up to when it was closed. Money that came too late and was given back at once is no part of it. */
function historyOf(
  { plans, before }: Verification,
  { row, receipts, returned, instalments }: BookingFile,
): BookingHistory {
  const counted: Receipt[] = []
  const cameTooLate = ({ type, id }: { type: string; id: number }) =>
    row.id > before.lastBookingId && (type === 'payment' ? returned.payments.has(id) : returned.refunds.has(id))
  for (const { amount, at, planVersion, about } of receipts) {
    if (about.type === 'booking') break
    if (cameTooLate(about)) continue
    counted.push({ amount, at, threshold: plans.version(planVersion ?? row.planVersion).activeBuyerThreshold })
  }
  return bookingHistory({ total: row.totalAmount, bookingAmount: row.bookingAmount }, counted, instalments)
}

/** A booking that was closed gave back what it held then. */
function closingJournals(row: BookingRow, { totalPaid }: BookingHistory) {
  if (!isClosed(row.status)) return []
  const before = { ...bookings.toBooking(row), status: 'active', totalPaid } as const
  return [cancelBooking(before, emptyWallet(row.userId)).journal].filter((journal) => journal !== null)
}

const instants = (expected: Date | null, actual: Date | null) => ({
  expected: expected?.toISOString() ?? null,
  actual: actual?.toISOString() ?? null,
})
