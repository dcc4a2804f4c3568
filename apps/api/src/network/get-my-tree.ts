import { readTree } from '@ev/application'
import { plans, users } from '@ev/db'
import { istMonth } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { nodeView, placementPreference, toNodeView } from './node.view.ts'

const deepest = 6

/** Levels below the own node. A greater depth than 6 is answered with 6. */
const depth = z
  .string()
  .regex(/^\d{1,9}$/, { error: 'Must be a whole number.' })
  .prefault('3')
  .transform((text) => Math.min(Number(text), deepest))
  .meta({ description: 'Levels below your own, at most 6; 3 when absent.' })

export const getMyTreeRoute = defineRoute({
  method: 'get',
  path: '/binary/nodes/my_tree/',
  summary: 'Your position in the tree and those below it',
  description:
    'A member who was just referred is placed within a moment; until then the code is `network.placement_pending`.',
  access: 'member',
  request: { query: z.object({ depth }) },
  response: { status: 200, body: nodeView.extend({ placement_preference: placementPreference }) },
  refusals: ['network.placement_pending', 'network.not_placed'],
  async handle({ db, clock }, { actor, query }) {
    const now = clock.now()
    const [tree, plan, user] = await Promise.all([
      readTree(db.read, { userId: actor.userId, depth: query.depth }),
      plans.current(db.read, now),
      users.get(db.read, actor.userId),
    ])
    const node = toNodeView(tree, { month: istMonth(now), monthlyLimit: plan.monthlyPairLimit })
    return { ...node, placement_preference: user.placementPreference }
  },
})
