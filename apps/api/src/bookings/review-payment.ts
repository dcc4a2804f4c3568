import { confirmPayment, failPayment } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, textLine } from '../http/index.ts'
import { paymentView, toPaymentView } from './payment.view.ts'

const params = z.object({ id: entityId })

export const confirmPaymentRoute = defineRoute({
  method: 'post',
  path: '/booking/payments/{id}/confirm/',
  summary: 'Confirm a payment that a member reported',
  description: 'The money has arrived: from now on the payment counts. What the booking can take is checked again.',
  access: 'staff',
  idempotent: 'money',
  limit: 'booking',
  request: { params },
  response: { status: 200, body: paymentView },
  refusals: [
    'payment.not_found',
    'payment.own',
    'payment.not_pending',
    'payment.exceeds_remaining',
    'booking.expired',
    'booking.closed',
  ],
  async handle(deps, { actor, params, idempotency, setReplayed }) {
    const { value, replayed } = await confirmPayment(deps, { actor, idempotency, paymentId: params.id })
    if (replayed) setReplayed()
    return toPaymentView(value)
  },
})

export const failPaymentRoute = defineRoute({
  method: 'post',
  path: '/booking/payments/{id}/fail/',
  summary: 'Mark a payment that a member reported as failed',
  description: 'The money did not arrive. The member is told the reason.',
  access: 'staff',
  idempotent: 'money',
  limit: 'booking',
  request: { params, body: z.object({ reason: textLine(500) }) },
  response: { status: 200, body: paymentView },
  refusals: ['payment.not_found', 'payment.own', 'payment.not_pending'],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const command = { actor, idempotency, paymentId: params.id, reason: body.reason }
    const { value, replayed } = await failPayment(deps, command)
    if (replayed) setReplayed()
    return toPaymentView(value)
  },
})
