import { previewCancellation, previewRefund } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, rupees } from '../http/index.ts'
import { consequencesView, toConsequencesView } from './consequences.view.ts'

export const previewRefundRoute = defineRoute({
  method: 'get',
  path: '/booking/payments/{id}/refund_preview/',
  summary: 'What a refund would bring about',
  description:
    'Decides the refund as it would be decided now, and changes nothing. Without an amount, of all that is left of the payment.',
  access: 'admin',
  limit: 'booking',
  request: { params: z.object({ id: entityId }), query: z.object({ amount: rupees.optional() }) },
  response: { status: 200, body: consequencesView },
  refusals: ['payment.not_found', 'payment.own', 'payment.not_positive', 'payment.refund_exceeds'],
  handle: async (deps, { actor, params, query }) =>
    toConsequencesView(await previewRefund(deps, { actor, paymentId: params.id, amount: query.amount ?? null })),
})

export const previewCancellationRoute = defineRoute({
  method: 'get',
  path: '/booking/bookings/{id}/cancel_preview/',
  summary: 'What cancelling a booking would bring about',
  description: 'Decides the cancellation as it would be decided now, and changes nothing.',
  access: 'staff',
  limit: 'booking',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: consequencesView },
  refusals: ['booking.not_found', 'booking.transition_refused'],
  handle: async (deps, { actor, params }) =>
    toConsequencesView(await previewCancellation(deps, { actor, bookingId: params.id })),
})
