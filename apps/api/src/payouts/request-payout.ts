import { requestPayout } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { rupees, textLine } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

const payoutBody = z.object({
  requested_amount: rupees,
  bank_name: textLine(200),
  account_number: textLine(30),
  ifsc_code: textLine(20),
  account_holder_name: textLine(200),
  emi_auto_filled: z.boolean().optional(),
})

export const requestPayoutRoute = defineRoute({
  method: 'post',
  path: '/payout/',
  summary: 'Ask for a payout',
  description: 'The amount is held at once. With `emi_auto_filled` what your EMI booking owes is paid from it first.',
  access: 'member',
  idempotent: 'money',
  request: { body: payoutBody },
  response: { status: 201, body: payoutView },
  refusals: ['payout.below_minimum', 'payout.exceeds_available', 'payout.kyc_required'],
  async handle(deps, { actor, body, idempotency, setReplayed }) {
    const { value, replayed } = await requestPayout(deps, {
      actor,
      idempotency,
      requested: body.requested_amount,
      isEmiAutoFilled: body.emi_auto_filled ?? false,
      bankAccount: {
        bankName: body.bank_name,
        accountNumber: body.account_number,
        ifscCode: body.ifsc_code,
        accountHolderName: body.account_holder_name,
      },
    })
    if (replayed) setReplayed()
    return toPayoutView(value)
  },
})
