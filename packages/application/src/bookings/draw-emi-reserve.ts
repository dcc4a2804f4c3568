import { bookings, payments, plans, type Tx, users, wallets } from '@ev/db'
import { remainingOf, reserveDraw, takesEmiDeductions } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { settlePayment } from './settle-payment.ts'

/** More open EMI bookings than this are left for the next time that something is drawn. */
const bookingsAtMost = 20

/**
 * Pays the member's open EMI bookings, the oldest first, out of the EMI reserve, as payments with method `emi_deduction`, until the
 * reserve is empty or nothing is owed. Without such a booking nothing happens, and the reserve waits for the next one.
 */
export async function drawEmiReserve(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { userId }: { userId: number },
): Promise<void> {
  const now = deps.clock.now()
  let after = 0
  for (let looked = 0; looked < bookingsAtMost; looked += 1) {
    const open = await bookings.findOldestOpenEmi(tx, { userId, now, after })
    if (!open) return
    after = open.id
    const booking = await bookings.lock(tx, open.id, { ownedBy: null })
    const user = await users.lock(tx, userId)
    const wallet = await wallets.lock(tx, userId)
    if (wallet.emiReserve === 0n) return
    // It was found without its lock and may have been paid, cancelled or run out since.
    if (!takesEmiDeductions(bookings.toBooking(booking), now)) continue
    const amount = reserveDraw(wallet, remainingOf(bookings.toBooking(booking)))
    const payment = await payments.insert(tx, {
      bookingId: booking.id,
      userId,
      amount,
      paymentMethod: 'emi_deduction',
      status: 'completed',
      paymentDate: now,
      completedAt: now,
      createdAt: now,
    })
    await settlePayment(tx, deps, { booking, user, payment, plan: await plans.current(tx, now), actorId: null })
  }
}
