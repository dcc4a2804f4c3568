import { explainPair } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { explanationView, toExplanationView } from './explanation.view.ts'

export const explainPairRoute = defineRoute({
  method: 'get',
  path: '/binary/pairs/{id}/explain/',
  summary: 'Why a pair was made, what became of its earning, and why it was reversed if it was',
  description:
    'Its members with their places, the rule in words, the arithmetic by the plan that was in effect, the journal entry that credited it (null until then) and the one that took it back (null unless it was reversed).',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: explanationView },
  refusals: ['pair.not_found'],
  handle: async (deps, { actor, params }) => toExplanationView(await explainPair(deps, { actor, pairId: params.id })),
})
