import { bookings, ledger, payments, type Tx, users, wallets } from '@ev/db'
import { applyToInstalments, type Booking, type CompensationPlan, istDate, receivePayment } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import { recountActiveBuyer } from './active-buyer.ts'

export type Settling = {
  /** Locked by the caller. */
  readonly booking: bookings.BookingRow
  /** The booking's member, locked by the caller after the booking. */
  readonly user: users.User
  /** Already inserted as completed. */
  readonly payment: payments.PaymentRow
  readonly plan: CompensationPlan
  readonly actorId: number | null
}

/**
 * Lets a payment count: the booking, its instalments, the journal, the member's standing, and the messages that tell of it. Refuses what
 * the booking cannot take and what the wallet does not have; the caller's transaction then takes the payment's row with it.
 */
export async function settlePayment(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { booking: row, user, payment, plan, actorId }: Settling,
): Promise<Booking> {
  const now = deps.clock.now()
  const isFromWallet = payment.paymentMethod === 'wallet' || payment.paymentMethod === 'emi_deduction'
  const { booking, journal } = receivePayment(
    bookings.toBooking(row),
    {
      id: payment.id,
      userId: payment.userId,
      amount: payment.amount,
      method: payment.paymentMethod,
      wallet: isFromWallet ? await wallets.lock(tx, row.userId) : null,
    },
    plan,
    now,
  )
  await bookings.save(tx, booking, { now, emiPaidCount: await payInstalments(tx, booking, now) })
  await ledger.post(tx, journal, { now, actorId, planVersion: plan.version })
  const isNewlyConfirmed = row.confirmedAt === null && booking.confirmedAt !== null
  if (isNewlyConfirmed && row.joinDistributorProgram)
    await users.saveStanding(tx, user.id, { isDistributor: true, updatedAt: now })
  if (booking.confirmedAt !== null && (row.referredById ?? user.referredById) !== null)
    await payments.markBonusesDue(tx, { bookingId: booking.id, dueAt: now })
  await recountActiveBuyer(tx, deps, { user, plan })
  await tell(tx, deps, 'payment.completed', { paymentId: payment.id })
  if (isNewlyConfirmed) await tell(tx, deps, 'booking.confirmed', { bookingId: booking.id })
  if (booking.status === 'completed') await tell(tx, deps, 'booking.completed', { bookingId: booking.id })
  return booking
}

/** Lays what the booking has received against its instalments, writes those that changed, and answers how many are paid. */
export async function payInstalments(tx: Tx, booking: Booking, now: Date): Promise<number> {
  if (booking.paymentOption !== 'emi_options') return 0
  const rows = await bookings.instalments(tx, booking.id)
  const progress = { bookingAmount: booking.bookingAmount, totalPaid: booking.totalPaid, schedule: rows }
  const { instalments, emiPaidCount } = applyToInstalments(progress, istDate(now))
  for (const [index, state] of instalments.entries()) {
    const row = rows[index]!
    if (row.paidAmount === state.paid && row.status === state.status) continue
    const paidAt = state.status === 'paid' ? (row.paidAt ?? now) : null
    await bookings.saveInstalment(tx, row.id, { paidAmount: state.paid, status: state.status, paidAt })
  }
  return emiPaidCount
}
