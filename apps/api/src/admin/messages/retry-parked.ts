import { retryParkedMessages } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { textLine } from '../../http/index.ts'
import { handlerField } from './list-parked.ts'

const retriedView = z.object({ retried: z.int().meta({ description: 'How many went back to their handler.' }) })

export const retryParkedMessageRoute = defineRoute({
  method: 'post',
  path: '/admin/parked/{handler}/{id}/retry/',
  summary: 'Give one parked message back to its handler',
  access: 'admin',
  request: {
    params: z.object({ handler: handlerField, id: textLine(200).meta({ description: 'The id that the list shows.' }) }),
  },
  response: { status: 200, body: retriedView },
  refusals: ['message.not_found'],
  async handle(deps, { actor, params }) {
    return { retried: await retryParkedMessages(deps, deps.transport, { actorId: actor.userId, ...params }) }
  },
})

export const retryParkedQueueRoute = defineRoute({
  method: 'post',
  path: '/admin/parked/{handler}/retry/',
  summary: 'Give all parked messages of a handler back to it',
  access: 'admin',
  request: { params: z.object({ handler: handlerField }) },
  response: { status: 200, body: retriedView },
  refusals: [],
  async handle(deps, { actor, params: { handler } }) {
    return { retried: await retryParkedMessages(deps, deps.transport, { actorId: actor.userId, handler, id: null }) }
  },
})
