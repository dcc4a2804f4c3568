import { earningFigures, plans, type Reader, takeOver } from '@ev/db'
import { creditableAt, referralBonus } from '@ev/domain'
import type { Findings } from './findings.ts'

/**
 * Every payment has the bonus that it should have, of the right amount net of refunds and reversals, for the right member. Payments that
 * were taken over had theirs on the replaced platform.
 */
export async function verifyBonuses(reader: Reader, found: Findings, settledBefore: Date): Promise<void> {
  const { lastPaymentId } = await takeOver.takenOver(reader)
  for await (const page of earningFigures.bonusPages(reader)) {
    for (const { id, amount, refundedAmount, paymentMethod, completedAt, referralBonus: bonus, booking } of page) {
      if (!bonus && id <= lastPaymentId) continue
      const since = [completedAt, booking.confirmedAt].reduce((a, b) => (a && b && a > b ? a : b)) ?? booking.createdAt
      const plan = bonus ? await plans.version(reader, bonus.planVersion) : await plans.current(reader, since)
      const expected = referralBonus(
        {
          payment: { id, amount: amount - refundedAmount, method: paymentMethod },
          booking: {
            userId: booking.userId,
            status: booking.status,
            confirmedAt: booking.confirmedAt,
            referrerId: booking.referredById,
          },
          memberReferrerId: booking.user.referredById,
        },
        plan,
      )
      if (!bonus && creditableAt(since, plan) > settledBefore) continue
      found.expectEqual('bonus.amount', `bonus of payment ${id}`, {
        expected: expected?.amount ?? 0n,
        actual: bonus ? bonus.amount - bonus.reversedAmount : 0n,
      })
      if (!expected) continue
      found.expectEqual('bonus.referrer', `bonus of payment ${id}`, {
        expected: expected.referrerId,
        actual: bonus?.referrerId ?? null,
      })
    }
  }
}
