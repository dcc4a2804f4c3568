import { approvePayout } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

export const processPayoutRoute = defineRoute({
  method: 'post',
  path: '/payout/{id}/process/',
  summary: 'Start a pending payout',
  description: 'The transfer is sent by the worker; the payout is completed when the bank has given its reference.',
  access: 'admin',
  idempotent: 'money',
  request: { params: z.object({ id: entityId }) },
  response: { status: 202, body: payoutView },
  refusals: ['payout.not_found', 'payout.transition_refused', 'payout.self_approval'],
  async handle(deps, { actor, params, idempotency, setReplayed }) {
    const { value, replayed } = await approvePayout(deps, { actor, payoutId: params.id, idempotency })
    if (replayed) setReplayed()
    return toPayoutView(value)
  },
})
