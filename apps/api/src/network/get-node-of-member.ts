import { readNodeOf } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { treeDepth } from './depth.ts'
import { nodeView, thisMonth, toNodeView } from './node.view.ts'

export const getNodeOfMemberRoute = defineRoute({
  method: 'get',
  path: '/binary/members/{id}/node/',
  summary: 'The position of a member of your network and those below it',
  description: '`id` is the member’s. A member without a position answers as one outside your network.',
  access: 'member',
  request: { params: z.object({ id: entityId }), query: z.object({ depth: treeDepth(3) }) },
  response: { status: 200, body: nodeView },
  refusals: ['network.node_not_found'],
  async handle(deps, { actor, params, query }) {
    const node = await readNodeOf(deps, { actor, userId: params.id, depth: query.depth })
    return toNodeView(node, await thisMonth(deps))
  },
})
