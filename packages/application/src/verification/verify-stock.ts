import { bookingFigures, type bookings } from '@ev/db'
import { isClosed } from '@ev/domain'
import type { Verification } from './verification.ts'

/** A unit that a booking took from the stock of a vehicle or gave back. */
export type UnitRow = { readonly vehicleId: number; readonly reason: string; readonly delta: number }

/** The stock of every vehicle whose stock is tracked is what all movements add up to. */
export async function verifyStock({ reader, found, count }: Verification): Promise<void> {
  for await (const page of bookingFigures.vehiclePages(reader)) {
    count('vehicles', page.length)
    for (const { id, stockQuantity, moved } of page) {
      if (stockQuantity === null) continue
      found.expectEqual('vehicle.stock', `vehicle ${id}`, { expected: moved, actual: stockQuantity })
    }
  }
}

/** A booking took one unit of its vehicle, or none when the stock was not tracked, and gave back what it took when it was closed. */
export function verifyUnit(
  { found }: Verification,
  { row, units }: { row: bookings.BookingRow; units: readonly UnitRow[] },
): void {
  if (units.length === 0) return
  const taken = `reservation -1 of vehicle ${row.vehicleId}`
  const given = `release 1 of vehicle ${row.vehicleId}`
  found.expectEqual('booking.unit', `booking ${row.id}`, {
    expected: isClosed(row.status) ? `${taken}, ${given}` : taken,
    actual: units.map(({ reason, delta, vehicleId }) => `${reason} ${delta} of vehicle ${vehicleId}`).join(', '),
  })
}
