import { paymentProviders, takePaymentEvent } from '@ev/application'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'

/** Everything but `counted` and `returned` moved no money. */
const outcomes = ['counted', 'returned', 'repeated', 'unknown_order', 'differs', 'old', 'noted'] as const

export const takePaymentEventRoute = defineRoute({
  method: 'post',
  path: '/webhooks/payments/{provider}/',
  summary: 'What the payment gateway tells',
  description:
    'For the gateway, not for clients. The signature is HMAC-SHA256 of the body as it was sent, hex. What sending again could cure is answered with an error, so that the gateway does; an event that is repeated, old, of an unknown order or of another amount or currency is answered with 200, moves no money and is in the log.',
  access: 'public',
  limit: 'webhook',
  request: {
    params: z.object({ provider: z.enum(paymentProviders).meta({ description: 'The payment gateway in use.' }) }),
    headers: z.object({
      'x-razorpay-signature': z.string().max(200).optional().meta({ description: 'The signature of the body.' }),
      'x-razorpay-event-id': z
        .string()
        .min(1)
        .max(190)
        .optional()
        .meta({ description: 'The same for every delivery of one event.' }),
    }),
  },
  response: { status: 200, body: z.object({ status: z.enum(outcomes) }) },
  refusals: ['payment.signature_invalid'],
  async handle(deps, { params, headers, request }) {
    if (params.provider !== deps.gateway.name) throw new DomainError('request.not_found')
    const event = deps.gateway.readEvent({
      body: request.rawBody,
      signature: headers['x-razorpay-signature'] ?? '',
      eventId: headers['x-razorpay-event-id'] ?? null,
    })
    return { status: await takePaymentEvent(deps, { provider: deps.gateway.name, event }) }
  },
})
