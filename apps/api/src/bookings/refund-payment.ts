import { refundPayment } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, rupees, textLine } from '../http/index.ts'
import { paymentView, toPaymentView } from './payment.view.ts'

export const refundPaymentRoute = defineRoute({
  method: 'post',
  path: '/booking/payments/{id}/refund/',
  summary: 'Give a payment back, all of it or a part',
  description:
    'Without an amount all that is left of the payment. It goes to the member’s wallet (an EMI deduction to the EMI reserve), and the referral bonus goes back in proportion.',
  access: 'admin',
  idempotent: 'money',
  limit: 'booking',
  request: {
    params: z.object({ id: entityId }),
    body: z.object({ amount: rupees.nullish(), reason: textLine(500) }),
  },
  response: { status: 200, body: paymentView },
  refusals: ['payment.not_found', 'payment.own', 'payment.not_positive', 'payment.refund_exceeds'],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const { value, replayed } = await refundPayment(deps, {
      actor,
      idempotency,
      paymentId: params.id,
      amount: body.amount ?? null,
      reason: body.reason,
    })
    if (replayed) setReplayed()
    return toPaymentView(value)
  },
})
