import { ownedBy } from '@ev/application'
import { network } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { pairView, toPairView } from './pair.view.ts'

export const getPairRoute = defineRoute({
  method: 'get',
  path: '/binary/pairs/{id}/',
  summary: 'One of your pairs',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: pairView },
  refusals: ['pair.not_found'],
  handle: async ({ db }, { actor, params }) =>
    toPairView(await network.getPair(db.read, params.id, { ownedBy: ownedBy(actor) })),
})
