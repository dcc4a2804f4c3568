import { comparePlans } from '@ev/application'
import { type PlanCases, type PlanEffect, paymentMethods, rupees as rupeesOf } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { rupees } from '../../http/index.ts'
import { planChangeBody, toPlanChange } from './plan.view.ts'

const paymentCase = z.strictObject({
  amount: rupees.default(rupeesOf(5_000)),
  payment_method: z.enum(paymentMethods).default('online'),
})
const pairCase = z.strictObject({ pair_number: z.int().min(1).default(1), is_active_buyer: z.boolean().default(false) })
const payoutCase = z.strictObject({
  requested_amount: rupees.default(rupeesOf(1_000)),
  paid_this_year: rupees.default(0n),
  tds_this_year: rupees.default(0n),
  has_pan: z.boolean().default(true),
  emi_auto_filled: z.boolean().default(false),
  emi_due: rupees.default(0n),
})

const effectView = z.object({
  payment: z
    .object({ referral_bonus: rupees.meta({ description: 'What the referrer earns.' }), is_active_buyer: z.boolean() })
    .meta({ description: 'What the payment gives.' }),
  pair: z.object({ earning_amount: rupees, net_amount: rupees, emi_deducted: rupees }),
  payout: z.object({
    requested_amount: rupees,
    tds_amount: rupees,
    net_amount: rupees,
    emi_amount: rupees,
    transfer_amount: rupees,
    is_below_minimum: z.boolean(),
  }),
})

function toEffectView({ payment, pair, payout }: PlanEffect): z.output<typeof effectView> {
  return {
    payment: { referral_bonus: payment.referralBonus, is_active_buyer: payment.isActiveBuyer },
    pair: { earning_amount: pair.earning, net_amount: pair.wallet, emi_deducted: pair.emi },
    payout: {
      requested_amount: payout.requested,
      tds_amount: payout.tds,
      net_amount: payout.net,
      emi_amount: payout.emi,
      transfer_amount: payout.transfer,
      is_below_minimum: payout.isBelowMinimum,
    },
  }
}

const previewBody = z.strictObject({
  settings: planChangeBody.meta({ description: 'What changes; the rest stays.' }),
  payment: paymentCase.prefault({}).meta({ description: 'A payment of a confirmed booking.' }),
  pair: pairCase.prefault({}).meta({ description: 'A pair.' }),
  payout: payoutCase.prefault({}).meta({ description: 'A payout.' }),
})

function toCases({ payment, pair, payout }: z.output<typeof previewBody>): PlanCases {
  return {
    payment: { amount: payment.amount, method: payment.payment_method },
    pair: { pairNumber: pair.pair_number, isActiveBuyer: pair.is_active_buyer },
    payout: {
      requested: payout.requested_amount,
      tds: { paidThisYear: payout.paid_this_year, tdsThisYear: payout.tds_this_year, hasPan: payout.has_pan },
      isEmiAutoFilled: payout.emi_auto_filled,
      emiDue: payout.emi_due,
    },
  }
}

export const previewPlanRoute = defineRoute({
  method: 'post',
  path: '/admin/plans/preview/',
  summary: 'What a change of the plan would do',
  description:
    'One payment of a confirmed booking, one pair and one payout under the plan in effect and under the change of it, by the rules that decide about real ones. Nothing is written.',
  access: 'admin',
  request: { body: previewBody },
  response: {
    status: 200,
    body: z.object({
      current_version: z.int(),
      current: effectView.meta({ description: 'Under the plan in effect.' }),
      proposed: effectView.meta({ description: 'Under the change of it.' }),
    }),
  },
  refusals: ['plan.not_found'],
  async handle(deps, { body }) {
    const { version, current, proposed } = await comparePlans(deps, {
      change: toPlanChange(body.settings),
      cases: toCases(body),
    })
    return { current_version: version, current: toEffectView(current), proposed: toEffectView(proposed) }
  },
})
