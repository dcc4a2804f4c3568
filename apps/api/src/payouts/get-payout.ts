import { ownedBy } from '@ev/application'
import { payouts } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

export const getPayoutRoute = defineRoute({
  method: 'get',
  path: '/payout/{id}/',
  summary: 'One payout',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: payoutView },
  refusals: ['payout.not_found'],
  handle: async ({ db }, { actor, params }) =>
    toPayoutView(await payouts.get(db.read, params.id, { ownedBy: ownedBy(actor) })),
})
