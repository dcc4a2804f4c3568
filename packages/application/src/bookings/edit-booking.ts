import { bookings, vehicles } from '@ev/db'
import { requireEditable, requireOptions } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'

/** What of a booking may be changed; what is left out stays as it is. */
export type BookingChange = Partial<
  Pick<bookings.BookingRow, 'vehicleColor' | 'batteryVariant' | 'deliveryCity' | 'deliveryState' | 'deliveryPin'>
>

/**
 * Changes where a pending booking is delivered, and its colour and battery. Refuses with `booking.not_found`, `booking.not_editable` and
 * `vehicle.option_unknown`.
 */
export function editBooking(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { actor, bookingId, change }: { actor: Actor; bookingId: number; change: BookingChange },
): Promise<bookings.BookingDetails> {
  return db.transaction(async (tx) => {
    const now = clock.now()
    const row = await bookings.lock(tx, bookingId, { ownedBy: ownedBy(actor) })
    requireEditable(bookings.toBooking(row), now)
    const vehicle = vehicles.toBookable(await vehicles.get(tx, row.vehicleId))
    requireOptions(vehicle, { color: change.vehicleColor ?? null, batteryVariant: change.batteryVariant ?? null })
    await bookings.update(tx, bookingId, { ...change, updatedAt: now })
    if (actor.userId !== row.userId) {
      await recordAudit(
        tx,
        { clock },
        {
          actorId: actor.userId,
          action: 'booking.edited',
          subject: { type: 'booking', id: bookingId },
          details: { fields: Object.keys(change).join(', ') },
        },
      )
    }
    return bookings.get(tx, bookingId, { ownedBy: null })
  })
}
