import { readNode } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, pageView } from '../http/index.ts'
import { treeDepth } from './depth.ts'
import { nodeView, thisMonth, toNodeView } from './node.view.ts'

export const listChildrenRoute = defineRoute({
  method: 'get',
  path: '/binary/nodes/{id}/children/',
  summary: 'The positions directly below one of your network',
  description: 'At most two, the left one first. With a `depth` above 1 each comes with those below it.',
  access: 'member',
  request: { params: z.object({ id: entityId }), query: z.object({ depth: treeDepth(1) }) },
  response: { status: 200, body: pageView(nodeView) },
  refusals: ['network.node_not_found'],
  async handle(deps, { actor, params, query }) {
    const { left, right } = await readNode(deps, { actor, seq: params.id, depth: Math.max(1, query.depth) })
    const month = await thisMonth(deps)
    const results = [left, right].filter((child) => child !== null).map((child) => toNodeView(child, month))
    return { count: results.length, next: null, previous: null, results }
  },
})
