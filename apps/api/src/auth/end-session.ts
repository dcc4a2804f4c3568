import { endSession } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'

export const endSessionRoute = defineRoute({
  method: 'delete',
  path: '/auth/sessions/{id}/',
  summary: 'Log out somewhere else',
  description: 'Access and refresh tokens of the session stop working at once. It may be the session of this request.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 204 },
  refusals: ['auth.session_not_found'],
  async handle(deps, { actor, params }) {
    await endSession(deps, { userId: actor.userId, sessionId: params.id })
    return undefined
  },
})
