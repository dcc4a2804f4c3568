import { openPaymentOrder } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, rupees } from '../http/index.ts'
import { paymentOrderView, toPaymentOrderView } from './payment-order.view.ts'

export const openPaymentOrderRoute = defineRoute({
  method: 'post',
  path: '/booking/bookings/{id}/payment-order/',
  summary: 'Open an order to pay online',
  description:
    'The member pays it on the gateway’s checkout page; what that page hands over goes to `payments/verify/`. The gateway also tells by its webhook. Whichever comes first makes the payment.',
  access: 'member',
  idempotent: 'money',
  limit: 'booking',
  request: { params: z.object({ id: entityId }), body: z.object({ amount: rupees }) },
  response: { status: 201, body: paymentOrderView },
  refusals: [
    'booking.not_found',
    'booking.expired',
    'booking.closed',
    'payment.not_positive',
    'payment.exceeds_remaining',
    'payment.gateway_refused',
  ],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const command = { actor, idempotency, bookingId: params.id, amount: body.amount }
    const { value, replayed } = await openPaymentOrder(deps, command)
    if (replayed) setReplayed()
    return toPaymentOrderView(value, deps.gateway)
  },
})
