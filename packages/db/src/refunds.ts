import type { Reader, Tx } from './client.ts'
import type { Refund } from './generated/sqlite/client.ts'
import type { RefundCreateManyInput } from './generated/sqlite/models.ts'

export type RefundRow = Refund

export function insert(tx: Tx, data: RefundCreateManyInput): Promise<RefundRow> {
  return tx.refund.create({ data })
}

/** A refund with the number of its booking. The caller was told of it, so one that is missing is a fault. */
export function get(tx: Tx, id: number): Promise<RefundRow & { booking: { bookingNumber: string } }> {
  return tx.refund.findUniqueOrThrow({ where: { id }, include: { booking: { select: { bookingNumber: true } } } })
}

/** The refunds of a booking's payments, oldest first. */
export function listOfBooking(reader: Reader, bookingId: number): Promise<RefundRow[]> {
  return reader.refund.findMany({ where: { bookingId }, orderBy: { id: 'asc' } })
}
