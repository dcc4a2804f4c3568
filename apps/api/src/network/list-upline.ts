import { readUpline } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { cursorPageView, cursorQuery, decodeCursor, entityId, toCursorPage } from '../http/index.ts'
import { toUplineView, uplineView } from './team.view.ts'

/** The level of the last one shown: the next page is above it. */
const position = z.tuple([z.int().min(0)])

export const listUplineRoute = defineRoute({
  method: 'get',
  path: '/binary/nodes/{id}/upline/',
  summary: 'Those above a position of your network, the nearest first',
  description: 'Up to yourself; for staff up to the root. A line can be very long, so it is read by `cursor`.',
  access: 'member',
  request: {
    params: z.object({ id: entityId }),
    query: cursorQuery.pick({ cursor: true, page_size: true }),
  },
  response: { status: 200, body: cursorPageView(uplineView) },
  refusals: ['network.node_not_found'],
  async handle(deps, { actor, params, query }) {
    const above = decodeCursor(position, query.cursor ?? '')?.[0] ?? null
    const take = query.page_size
    const rows = await readUpline(deps, { actor, seq: params.id, above, take: take + 1 })
    return toCursorPage({ rows, take, position: ({ level }) => [level], view: (row) => toUplineView(row, actor) })
  },
})
