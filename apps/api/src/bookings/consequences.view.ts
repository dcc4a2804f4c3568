import type { Consequences } from '@ev/application'
import { bookingStatuses, remainingOf, sumPaise } from '@ev/domain'
import { z } from 'zod'
import { idNumber, rupees } from '../http/index.ts'

const mostPairs = 100

/** What would follow if a booking gave money back. `amount` is `to_wallet`, `recovered` and `to_emi_reserve` together. */
export const consequencesView = z
  .object({
    amount: rupees.meta({ description: 'What goes back in all.' }),
    to_wallet: rupees.meta({ description: 'By how much the balance of the member’s wallet grows.' }),
    recovered: rupees.meta({ description: 'What of it pays off what the member owes.', example: '0.00' }),
    to_emi_reserve: rupees.meta({ description: 'What of it goes back to the EMI reserve.', example: '0.00' }),
    user: idNumber,
    booking: z
      .object({
        id: idNumber,
        booking_number: z.string(),
        status: z.enum(bookingStatuses),
        total_paid: rupees,
        remaining_amount: rupees,
      })
      .meta({ description: 'The booking afterwards.' }),
    bonuses: z
      .array(
        z.object({
          payment: idNumber.meta({ description: 'The payment that had earned the bonus.', example: 42 }),
          referrer: idNumber.meta({ description: 'The id of the member who loses it.', example: 7 }),
          amount: rupees.meta({ description: 'What is taken back of the bonus.', example: '250.00' }),
          from_wallet: rupees.meta({ description: 'What of it leaves the wallet.', example: '200.00' }),
          becomes_owed: rupees.meta({ description: 'What the wallet does not have.', example: '50.00' }),
        }),
      )
      .meta({ description: 'Credited referral bonuses that are taken back.' }),
    is_active_buyer: z.boolean().meta({ description: 'Whether the member is an Active Buyer now.' }),
    stays_active_buyer: z.boolean().meta({ description: 'Whether the member is one afterwards.' }),
    pairs_at_risk: z
      .int()
      .meta({ description: 'How many pairs are reversed because the member stops counting.', example: 1 }),
    pairs_earning: rupees.meta({ description: 'What these pairs earned together.', example: '500.00' }),
    pairs: z
      .array(z.object({ id: idNumber, user: idNumber, earning_amount: rupees }))
      .meta({ description: `The pairs, at most ${mostPairs} of them; \`user\` is who earned.` }),
  })
  .meta({ id: 'RefundConsequences' })

export function toConsequencesView(consequences: Consequences): z.output<typeof consequencesView> {
  const { booking, bonuses, isActiveBuyer, pairs } = consequences
  return {
    amount: consequences.amount,
    to_wallet: consequences.toWallet,
    recovered: consequences.recovered,
    to_emi_reserve: consequences.toEmiReserve,
    user: booking.userId,
    booking: {
      id: booking.id,
      booking_number: booking.number,
      status: booking.status,
      total_paid: booking.totalPaid,
      remaining_amount: remainingOf(booking),
    },
    bonuses: bonuses.map(({ paymentId, referrerId, taken, fromWallet, becomesOwed }) => ({
      payment: paymentId,
      referrer: referrerId,
      amount: taken,
      from_wallet: fromWallet,
      becomes_owed: becomesOwed,
    })),
    is_active_buyer: isActiveBuyer.before,
    stays_active_buyer: isActiveBuyer.after,
    pairs_at_risk: pairs.length,
    pairs_earning: sumPaise(pairs.map(({ earningAmount }) => earningAmount)),
    pairs: pairs
      .slice(0, mostPairs)
      .map(({ id, userId, earningAmount }) => ({ id, user: userId, earning_amount: earningAmount })),
  }
}
