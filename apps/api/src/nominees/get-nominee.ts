import { readNominee } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { nomineeView, toNomineeView } from './nominee.view.ts'

export const getNomineeRoute = defineRoute({
  method: 'get',
  path: '/users/nominee/{id}/',
  summary: 'One nominee',
  description: 'Your own; staff see everyone’s, and the audit log remembers that they looked.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: nomineeView },
  refusals: ['nominee.not_found'],
  handle: async (deps, { actor, params }) => toNomineeView(await readNominee(deps, { actor, nomineeId: params.id })),
})
