import { bookings, ledger, payments, plans, type Tx, users, wallets } from '@ev/db'
import { type Booking, creditableAt, creditReferral as decideCredit, referralBonus } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'

/**
 * Credits the referral bonus of every payment of a booking that has none yet. Payments made before the booking was confirmed earn
 * theirs when it is; a payment whose cooling-off is not over is marked for the day when it is, and what was refunded before does not count. Running it
 * again credits nothing again.
 */
export async function creditReferral(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { bookingId }: { bookingId: number },
): Promise<void> {
  const now = deps.clock.now()
  const row = await bookings.lock(tx, bookingId, { ownedBy: null })
  const booking = bookings.toBooking(row)
  const member = await users.get(tx, row.userId)
  for (const payment of await payments.findWithoutBonus(tx, bookingId)) {
    const plan = await plans.current(tx, earnedAt({ payment, booking }))
    const bonus = referralBonus(
      {
        payment: { id: payment.id, amount: payment.amount - payment.refundedAmount, method: payment.paymentMethod },
        booking,
        memberReferrerId: member.referredById,
      },
      plan,
    )
    const dueAt = bonus && creditableAt(payment.completedAt ?? payment.createdAt, plan)
    if (!bonus || !dueAt || dueAt > now) {
      await payments.saveBonusDue(tx, payment.id, dueAt)
      continue
    }
    await users.lock(tx, bonus.referrerId)
    const wallet = await wallets.lock(tx, bonus.referrerId)
    const journal = decideCredit({ ...bonus, paymentId: payment.id }, wallet)
    const { entryId } = await ledger.post(tx, journal, { now, planVersion: plan.version })
    await payments.insertBonus(tx, {
      paymentId: payment.id,
      bookingId,
      referrerId: bonus.referrerId,
      journalEntryId: entryId,
      amount: bonus.amount,
      planVersion: plan.version,
      createdAt: now,
    })
    await payments.saveBonusDue(tx, payment.id, null)
    await tell(tx, deps, 'referral.credited', { paymentId: payment.id })
  }
}

/** When a payment earned its bonus: when both it and the booking's confirmation were there. A later plan does not change what was earned. */
function earnedAt({ payment, booking }: { payment: payments.PaymentRow; booking: Booking }): Date {
  const completedAt = payment.completedAt ?? payment.createdAt
  return booking.confirmedAt && booking.confirmedAt > completedAt ? booking.confirmedAt : completedAt
}

/** The same, named by one of the booking's payments. */
export async function creditReferralOf(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { paymentId }: { paymentId: number },
): Promise<void> {
  const { bookingId } = await payments.get(tx, paymentId, { ownedBy: null })
  await creditReferral(tx, deps, { bookingId })
}
