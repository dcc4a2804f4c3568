import { bookings, type Tx, users, wallets } from '@ev/db'
import { expireBooking, isPastExpiry } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { forEachRow } from '../maintenance/for-each-row.ts'
import { tell } from '../tell.ts'
import { settleClosing } from './close-booking.ts'

const pageSize = 200

/** Expires every pending booking whose time is over, each in a transaction of its own; answers how many. */
export async function expireBookings(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): Promise<number> {
  let expired = 0
  for (let after = 0; ; ) {
    const ids = await bookings.findExpired(deps.db.read, { now: deps.clock.now(), after, limit: pageSize })
    const work = (id: number) => deps.db.transaction((tx) => expireOne(tx, deps, id))
    expired += await forEachRow(deps, { what: 'expire booking', ids, work })
    if (ids.length < pageSize) return expired
    after = ids.at(-1)!
  }
}

/** Refunds what the booking received to the member's wallet and gives its unit back. False when it was paid in the meantime. */
async function expireOne(tx: Tx, deps: Pick<Deps, 'clock' | 'ids'>, id: number): Promise<boolean> {
  const now = deps.clock.now()
  const row = await bookings.lock(tx, id, { ownedBy: null })
  const current = bookings.toBooking(row)
  if (!isPastExpiry(current, now)) return false
  await users.lock(tx, row.userId)
  const closed = expireBooking(current, await wallets.lock(tx, row.userId), now)
  await settleClosing(tx, deps, { row, closed, actorId: null, cancelReason: null })
  await tell(tx, deps, 'booking.expired', { bookingId: id })
  return true
}
