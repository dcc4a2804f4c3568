import { cancelPayout } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

export const cancelPayoutRoute = defineRoute({
  method: 'post',
  path: '/payout/{id}/cancel/',
  summary: 'Take your own payout back while it is pending',
  description: 'The hold is given back in full.',
  access: 'member',
  idempotent: 'money',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: payoutView },
  refusals: ['payout.not_found', 'payout.transition_refused'],
  async handle(deps, { actor, params, idempotency, setReplayed }) {
    const { value, replayed } = await cancelPayout(deps, { actor, payoutId: params.id, idempotency })
    if (replayed) setReplayed()
    return toPayoutView(value)
  },
})
