import { bookings, payments, plans, type Tx, users, wallets } from '@ev/db'
import { minPaise, type Paise, remainingOf, reserveDraw } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { settlePayment } from './settle-payment.ts'

/**
 * Pays the member's oldest open EMI booking out of the EMI reserve, as a payment with method `emi_deduction`: as much as the reserve
 * holds, the booking owes, and `upTo` allows. Nothing happens when there is no such booking; the reserve then waits for the next one.
 */
export async function drawEmiReserve(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { userId, upTo }: { userId: number; upTo: Paise | null },
): Promise<void> {
  const now = deps.clock.now()
  const open = await bookings.findOldestOpenEmi(tx, { userId, now })
  if (!open) return
  const booking = await bookings.lock(tx, open.id, { ownedBy: null })
  await users.lock(tx, userId)
  const wallet = await wallets.lock(tx, userId)
  const drawn = reserveDraw(wallet, remainingOf(bookings.toBooking(booking)))
  const amount = upTo === null ? drawn : minPaise(drawn, upTo)
  if (amount === 0n) return
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
  await settlePayment(tx, deps, { booking, payment, plan: await plans.current(tx, now), actorId: null })
}
