import { verifyPayment } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { textLine } from '../http/index.ts'
import { paymentView, toPaymentView } from './payment.view.ts'

export const verifyPaymentRoute = defineRoute({
  method: 'post',
  path: '/booking/payments/verify/',
  summary: 'Complete an online payment',
  description:
    'Takes what the gateway’s checkout page handed over. However often it is sent, and whether or not the webhook came first, it is one payment. What the booking can no longer take is answered as a refunded payment: the money is in the wallet.',
  access: 'member',
  limit: 'booking',
  request: { body: z.object({ order_id: textLine(100), payment_id: textLine(100), signature: textLine(200) }) },
  response: { status: 200, body: paymentView },
  refusals: [
    'payment.order_not_found',
    'payment.signature_invalid',
    'payment.not_captured',
    'payment.amount_differs',
    'payment.gateway_refused',
  ],
  async handle(deps, { actor, body }) {
    const checkout = { orderId: body.order_id, paymentId: body.payment_id, signature: body.signature }
    return toPaymentView(await verifyPayment(deps, { actor, checkout }))
  },
})
