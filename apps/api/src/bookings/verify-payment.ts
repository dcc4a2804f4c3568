import { verifyPayment } from '@ev/application'
import { defineRoute } from '../define-route.ts'
import { paymentView, toPaymentView } from './payment.view.ts'
import { checkoutBody } from './payment-order.view.ts'

export const verifyPaymentRoute = defineRoute({
  method: 'post',
  path: '/booking/payments/verify/',
  summary: 'Complete an online payment',
  description:
    'Takes what the gateway’s checkout page handed over. However often it is sent, and whether or not the webhook came first, it is one payment. What the booking can no longer take is answered as a refunded payment: the money is in the wallet.',
  access: 'member',
  idempotent: 'money',
  limit: 'booking',
  request: { body: checkoutBody },
  response: { status: 200, body: paymentView },
  refusals: [
    'payment.order_not_found',
    'payment.signature_invalid',
    'payment.not_captured',
    'payment.amount_differs',
    'payment.gateway_refused',
  ],
  async handle(deps, { actor, body, idempotency, setReplayed }) {
    const checkout = { orderId: body.order_id, paymentId: body.payment_id, signature: body.signature }
    const { value, replayed } = await verifyPayment(deps, { actor, idempotency, checkout })
    if (replayed) setReplayed()
    return toPaymentView(value)
  },
})
