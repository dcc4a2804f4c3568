import { readTree } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { treeDepth } from './depth.ts'
import { nodeView, placementPreference, thisMonth, toNodeView } from './node.view.ts'

export const getMyTreeRoute = defineRoute({
  method: 'get',
  path: '/binary/nodes/my_tree/',
  summary: 'Your position in the tree and those below it',
  description:
    'A member who was just referred is placed within a moment; until then the code is `network.placement_pending`.',
  access: 'member',
  request: { query: z.object({ depth: treeDepth(3) }) },
  response: { status: 200, body: nodeView.extend({ placement_preference: placementPreference }) },
  refusals: ['network.placement_pending', 'network.not_placed'],
  async handle({ db, clock }, { actor, query }) {
    const [tree, month, user] = await Promise.all([
      readTree(db.read, { userId: actor.userId, depth: query.depth }),
      thisMonth({ db, clock }),
      users.get(db.read, actor.userId),
    ])
    return { ...toNodeView(tree, month), placement_preference: user.placementPreference }
  },
})
