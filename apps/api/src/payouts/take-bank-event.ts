import { takeBankEvent } from '@ev/application'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'

const outcomes = ['settled', 'repeated', 'unknown', 'differs', 'noted', 'reversed_after_completion', 'ignored'] as const

export const takeBankEventRoute = defineRoute({
  method: 'post',
  path: '/webhooks/payouts/{provider}/',
  summary: 'What the bank tells of transfers',
  description:
    'For the bank, not for clients. The signature is HMAC-SHA256 of the body as it was sent, hex. An event that is repeated, of an unknown transfer or of another amount is answered with 200, changes nothing and is in the log.',
  access: 'public',
  limit: 'webhook',
  request: {
    params: z.object({ provider: z.enum(['razorpayx']) }),
    headers: z.object({
      'x-razorpay-signature': z.string().max(200).optional(),
      'x-razorpay-event-id': z.string().min(1).max(190),
    }),
  },
  response: {
    status: 200,
    body: z.object({ status: z.enum(outcomes).meta({ description: 'Only `settled` changed a payout.' }) }),
  },
  refusals: ['payout.event_refused'],
  async handle(deps, { params, headers, request }) {
    if (params.provider !== deps.bank.provider) throw new DomainError('request.not_found')
    const event = deps.bank.readEvent({
      rawBody: request.rawBody,
      signature: headers['x-razorpay-signature'] ?? '',
      eventId: headers['x-razorpay-event-id'],
    })
    if (event === null) return { status: 'ignored' as const }
    return { status: await takeBankEvent(deps, { provider: params.provider, event }) }
  },
})
