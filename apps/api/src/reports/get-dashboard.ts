import { readDashboard, readPlatformFigures } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { type CsvCell, csv } from '../documents/csv.ts'
import { download, formatQuery } from '../http/index.ts'
import { adminDashboardView, memberDashboardView, toAdminDashboard, toMemberDashboard } from './dashboard.view.ts'

export const getDashboardRoute = defineRoute({
  method: 'get',
  path: '/reports/dashboard/',
  summary: 'Figures at a glance',
  description: "A member's own figures; for admins those of the whole platform, counted at most once a minute.",
  access: 'member',
  request: { query: z.object({ format: formatQuery }) },
  response: { status: 200, body: z.union([adminDashboardView, memberDashboardView]), file: 'text/csv' },
  refusals: [],
  async handle(deps, { actor, query }) {
    const view =
      actor.role === 'admin'
        ? toAdminDashboard(await readPlatformFigures(deps))
        : toMemberDashboard(await readDashboard(deps, { userId: actor.userId }))
    if (query.format === 'json') return view
    const rows = Object.entries<CsvCell | Date>(view).map(([name, value]) => [name, cellOf(value)])
    return download({ content: csv({ columns: ['figure', 'value'], rows }), filename: 'dashboard.csv' })
  },
})

function cellOf(value: CsvCell | Date): CsvCell {
  return value instanceof Date ? value.toISOString() : value
}
