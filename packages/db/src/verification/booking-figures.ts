import type { ReferenceType } from '@ev/domain'
import type { Reader } from '../client.ts'
import { readInstant } from '../direct/table.ts'
import { bookingTable } from '../direct/tables.ts'
import { directOf } from '../tx.ts'
import { groupedBy, type IdRange, page, pages, within } from './pages.ts'
import { tablePage, tableRange } from './table-pages.ts'
import { instalmentTable } from './verified-tables.ts'

export const readBookings = (reader: Reader) => tablePage(reader, 'bookings', bookingTable)

/** One movement in what a booking has received, in the order of the journal. */
export type StoredReceipt = {
  readonly bookingId: number
  readonly amount: bigint
  readonly at: Date
  readonly planVersion: number | null
  readonly about: { readonly type: ReferenceType; readonly id: number }
}

/** What went into and out of the receipts of these bookings, oldest first. */
export async function receipts(reader: Reader, { after, upTo }: IdRange): Promise<Map<number, StoredReceipt[]>> {
  const rows = await directOf(reader).rows(
    `SELECT l.booking_id, l.amount, e.created_at, e.plan_version, e.reference_type, e.reference_id
    FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id
    WHERE l.booking_id > ? AND l.booking_id <= ? ORDER BY l.booking_id, l.id`,
    [after, upTo],
  )
  return groupedBy(
    rows.map(([bookingId, amount, createdAt, planVersion, type, id]) => ({
      bookingId: Number(bookingId),
      amount: BigInt(amount as bigint | number),
      at: readInstant(createdAt as string),
      planVersion: planVersion === null ? null : Number(planVersion),
      about: { type: type as ReferenceType, id: Number(id) },
    })),
    ({ bookingId }) => bookingId,
  )
}

/** What these bookings received by their payments, net of refunds. */
export async function paymentSums(reader: Reader, range: IdRange): Promise<Map<number, bigint>> {
  const rows = await reader.payment.groupBy({
    by: ['bookingId'],
    where: { bookingId: within(range), status: { in: ['completed', 'refunded'] } },
    _sum: { amount: true, refundedAmount: true },
  })
  return new Map(rows.map(({ bookingId, _sum }) => [bookingId, (_sum.amount ?? 0n) - (_sum.refundedAmount ?? 0n)]))
}

/** The instalments of these bookings in their order. */
export async function instalments(reader: Reader, range: IdRange) {
  const of = { column: 'booking_id', range, orderedBy: 'number' }
  return groupedBy(await tableRange(reader, 'instalments', instalmentTable, of), ({ bookingId }) => bookingId)
}

/** The units that these bookings took and gave back. */
export async function units(reader: Reader, range: IdRange) {
  const rows = await reader.stockMovement.findMany({
    where: { bookingId: within(range) },
    orderBy: { id: 'asc' },
    select: { bookingId: true, vehicleId: true, reason: true, delta: true },
  })
  return groupedBy(rows, ({ bookingId }) => bookingId!)
}

/** Payments that came when their booking could take nothing any more, and the refunds that gave them back at once. */
export type Returned = { readonly payments: ReadonlySet<number>; readonly refunds: ReadonlySet<number> }

/** Those of these bookings. They are the refunds that nobody made. */
export async function returnedPayments(reader: Reader, range: IdRange): Promise<Returned> {
  const rows = await reader.refund.findMany({
    where: { bookingId: within(range), actorId: null },
    select: { id: true, paymentId: true },
  })
  return {
    payments: new Set(rows.map(({ paymentId }) => paymentId)),
    refunds: new Set(rows.map(({ id }) => id)),
  }
}

/** Vehicles with what all movements of their stock add up to. */
export async function* vehiclePages(reader: Reader) {
  for await (const rows of pages((after) =>
    reader.vehicle.findMany({ ...page(after), select: { id: true, stockQuantity: true } }),
  )) {
    const range = { after: rows[0]!.id - 1, upTo: rows.at(-1)!.id }
    const sums = await reader.stockMovement.groupBy({
      by: ['vehicleId'],
      where: { vehicleId: within(range) },
      _sum: { delta: true },
    })
    const moved = new Map(sums.map(({ vehicleId, _sum }) => [vehicleId, _sum.delta ?? 0]))
    yield rows.map((row) => ({ ...row, moved: moved.get(row.id) ?? 0 }))
  }
}
