import { activeBuyer, type PaymentMethod } from './bookings/receive-payment.ts'
import { referralBonus } from './bookings/referral-bonus.ts'
import type { Instant } from './calendar.ts'
import type { Paise } from './money.ts'
import { type PayoutAmounts, type PayoutAmountsInput, payoutAmounts } from './payouts/payout.ts'
import type { CompensationPlan } from './plan.ts'
import { pairCredit } from './wallet/pair-credit.ts'

/** One payment of a confirmed booking, one pair, one payout: what to try a plan with. */
export type PlanCases = {
  readonly payment: { readonly amount: Paise; readonly method: PaymentMethod }
  readonly pair: { readonly pairNumber: number; readonly isActiveBuyer: boolean }
  readonly payout: PayoutAmountsInput
}

/** What the cases give under a plan. `isActiveBuyer` tells whether the payment alone would make one. */
export type PlanEffect = {
  readonly payment: { readonly referralBonus: Paise; readonly isActiveBuyer: boolean }
  readonly pair: { readonly earning: Paise; readonly wallet: Paise; readonly emi: Paise }
  readonly payout: PayoutAmounts & { readonly isBelowMinimum: boolean }
}

const [member, referrer] = [1, 2]

/** Tries a plan with some cases at `now`, by the same rules that decide about real ones. */
export function previewPlan(plan: CompensationPlan, { payment, pair, payout }: PlanCases, now: Instant): PlanEffect {
  const booking = { userId: member, status: 'active', confirmedAt: now, referrerId: referrer } as const
  const bonus = referralBonus({ payment: { id: 0, ...payment }, booking, memberReferrerId: null }, plan)
  return {
    payment: {
      referralBonus: bonus?.amount ?? 0n,
      isActiveBuyer: activeBuyer({ [payment.method]: payment.amount }, plan),
    },
    pair: { earning: plan.pairEarning, ...pairCredit({ earning: plan.pairEarning, ...pair }, plan) },
    payout: { ...payoutAmounts(payout, plan, now), isBelowMinimum: payout.requested < plan.payoutMinimum },
  }
}
