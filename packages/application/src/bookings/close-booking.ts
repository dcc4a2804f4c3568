import { bookings, ledger, payments, plans, type Tx, users, vehicles } from '@ev/db'
import type { ClosedBooking } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { recountActiveBuyer } from './active-buyer.ts'
import { reverseBonuses } from './reverse-bonuses.ts'

export type Closing = {
  /** Locked by the caller, who also holds the rows and wallets of everyone concerned. */
  readonly row: bookings.BookingRow
  readonly closed: ClosedBooking
  readonly actorId: number | null
  readonly cancelReason: string | null
}

/**
 * Writes down that a booking was closed: what it had received goes to the member's wallet, its payments are refunded, their referral
 * bonuses are taken back, its unit is given back, and the member's standing is counted again.
 */
export async function settleClosing(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { row, closed: { booking, journal }, actorId, cancelReason }: Closing,
): Promise<void> {
  const now = deps.clock.now()
  await bookings.save(tx, booking, { now, cancelReason })
  if (journal) await ledger.post(tx, journal, { now, actorId, planVersion: row.planVersion })
  await payments.markAllRefunded(tx, row.id)
  const bonuses = await payments.bonuses(tx, { bookingId: row.id })
  await reverseBonuses(tx, deps, { toReverse: bonuses.map((bonus) => ({ bonus, kept: 0n })), actorId })
  await recountActiveBuyer(tx, deps, { user: await users.get(tx, row.userId), plan: await plans.current(tx, now) })
  await vehicles.releaseUnit(tx, { vehicleId: row.vehicleId, bookingId: row.id, now })
}
