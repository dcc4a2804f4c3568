import { rejectPayout } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, textLine } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

export const rejectPayoutRoute = defineRoute({
  method: 'post',
  path: '/payout/{id}/reject/',
  summary: 'Reject a pending payout',
  description: 'The hold is given back in full. The member is told and sees the reason as `failure_reason`.',
  access: 'admin',
  idempotent: 'money',
  request: { params: z.object({ id: entityId }), body: z.object({ reason: textLine(1_000) }) },
  response: { status: 200, body: payoutView },
  refusals: ['payout.not_found', 'payout.transition_refused'],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const command = { actor, payoutId: params.id, reason: body.reason, idempotency }
    const { value, replayed } = await rejectPayout(deps, command)
    if (replayed) setReplayed()
    return toPayoutView(value)
  },
})
