import { readGrowth } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { reportDays, reportQuery, rowsAsFile, toDays } from './report-fields.ts'

const rowView = z.object({
  month: z.string(),
  joined: z.int().meta({ description: 'Members who signed up.' }),
  placed: z.int().meta({ description: 'Members who were placed in the tree.' }),
  counted: z.int().meta({ description: 'Members who began to count for pairs, and still do.' }),
})

export const getGrowthRoute = defineRoute({
  method: 'get',
  path: '/reports/growth/',
  summary: 'How the network grew, by month',
  description:
    'What happened on the days asked for, by month in India; months without anything are shown with zeros. Counted at most once a minute.',
  access: 'staff',
  request: { query: z.object(reportQuery) },
  response: { status: 200, body: z.object({ ...reportDays, results: z.array(rowView) }), file: 'text/csv' },
  refusals: [],
  async handle(deps, { query }) {
    const { period, rows: results } = await readGrowth(deps, toDays(query))
    const { startDate: start_date, endDate: end_date } = period
    if (query.format === 'json') return { start_date, end_date, results }
    return rowsAsFile(rowView.shape, results, `growth-${start_date}-${end_date}.csv`)
  },
})
