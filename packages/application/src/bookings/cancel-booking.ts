import { bookings, payments, wallets } from '@ev/db'
import { cancelBooking as decideCancellation } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tell } from '../tell.ts'
import { settleClosing } from './close-booking.ts'
import { lockPeople } from './reverse-bonuses.ts'

/**
 * Cancels a pending or active booking: what it received goes to the member's wallet, its unit back to the stock, and the referral bonuses of
 * its payments are taken back. Refuses with `booking.not_found` and, for a booking that is final, `booking.transition_refused`.
 */
export function cancelBooking(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  command: { actor: Actor; idempotency: Idempotency; bookingId: number; reason: string },
): Promise<Answer<bookings.BookingDetails>> {
  const { actor, bookingId, reason } = command
  return answerOnce(deps, command.idempotency, async (tx) => {
    const row = await bookings.lock(tx, bookingId, { ownedBy: ownedBy(actor) })
    await lockPeople(tx, { userId: row.userId, bonuses: await payments.bonuses(tx, { bookingId }) })
    const closed = decideCancellation(bookings.toBooking(row), await wallets.lock(tx, row.userId))
    await settleClosing(tx, deps, { row, closed, actorId: actor.userId, cancelReason: reason })
    await tell(tx, deps, 'booking.cancelled', { bookingId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'booking.cancelled',
      subject: { type: 'booking', id: bookingId },
      details: { from: row.status, isOwn: actor.userId === row.userId },
    })
    return bookings.get(tx, bookingId, { ownedBy: null })
  })
}
