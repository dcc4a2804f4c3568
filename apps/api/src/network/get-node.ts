import { readNode } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { treeDepth } from './depth.ts'
import { nodeView, thisMonth, toNodeView } from './node.view.ts'

export const getNodeRoute = defineRoute({
  method: 'get',
  path: '/binary/nodes/{id}/',
  summary: 'One position of your network and those below it',
  description:
    'Your own position or one below it; staff see every one. `id` is a position’s, not a member’s. A position outside your network answers as one that does not exist.',
  access: 'member',
  request: { params: z.object({ id: entityId }), query: z.object({ depth: treeDepth(3) }) },
  response: { status: 200, body: nodeView },
  refusals: ['network.node_not_found'],
  async handle(deps, { actor, params, query }) {
    const node = await readNode(deps, { actor, seq: params.id, depth: query.depth })
    return toNodeView(node, await thisMonth(deps))
  },
})
