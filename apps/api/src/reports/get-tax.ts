import { overviews } from '@ev/db'
import { quarters } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { formatQuery, rupees } from '../http/index.ts'
import { rowsAsFile } from './report-fields.ts'

/** A company keeps its tax papers for eight years. */
const mostYears = 8

const rowView = z.object({
  financial_year: z.string(),
  quarter: z.enum(quarters).meta({ description: 'Q1 is April to June.', examples: ['Q3'] }),
  payout_amount: rupees.meta({ description: 'What was paid out in the quarter, before tax.' }),
  tds_amount: rupees.meta({ description: 'The tax withheld from it.' }),
})

export const getTaxRoute = defineRoute({
  method: 'get',
  path: '/reports/tds/',
  summary: 'Payouts and the tax withheld from them, by quarter',
  description: `The newest ${mostYears} financial years that have any, oldest first, as the tax records have them.`,
  access: 'admin',
  request: { query: z.object({ format: formatQuery }) },
  response: { status: 200, body: z.object({ results: z.array(rowView) }), file: 'text/csv' },
  refusals: [],
  async handle({ db }, { query }) {
    const rows = await overviews.taxByQuarter(db.read, { take: mostYears })
    const results = rows.map(({ financialYear, quarter, payout, tds }) => ({
      financial_year: financialYear,
      quarter,
      payout_amount: payout,
      tds_amount: tds,
    }))
    return query.format === 'json' ? { results } : rowsAsFile(rowView.shape, results, 'tds-by-quarter.csv')
  },
})
