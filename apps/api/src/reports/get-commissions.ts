import { readCommissions } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { rupees, signedRupees } from '../http/index.ts'
import { reportDays, reportQuery, rowsAsFile, toDays } from './report-fields.ts'

const rowView = z.object({
  month: z.string(),
  pairs: z.int().meta({ description: 'Pairs of the month that stand.' }),
  pair_amount: rupees.meta({ description: 'What those pairs earn.' }),
  reversed_pairs: z.int().meta({ description: 'Pairs of the month that were reversed.' }),
  commission_amount: signedRupees.meta({
    description: 'Bonuses and pairs that the ledger credited in the month, less what it took back in it.',
  }),
  monthly_limit: z.int(),
  members_at_limit: z.int().meta({ description: 'Members who made as many pairs as the month allows.' }),
})

export const getCommissionsRoute = defineRoute({
  method: 'get',
  path: '/reports/commissions/',
  summary: 'Pairs and commissions by month',
  description:
    'Every month that the days touch, each as a whole, with the limit of pairs that was in effect at its end. Counted at most once a minute.',
  access: 'admin',
  request: { query: z.object(reportQuery) },
  response: { status: 200, body: z.object({ ...reportDays, results: z.array(rowView) }), file: 'text/csv' },
  refusals: [],
  async handle(deps, { query }) {
    const { period, rows } = await readCommissions(deps, toDays(query))
    const results = rows.map((row) => ({
      month: row.month,
      pairs: row.pairs,
      pair_amount: row.earned,
      reversed_pairs: row.reversedPairs,
      commission_amount: row.commissions,
      monthly_limit: row.monthlyLimit,
      members_at_limit: row.membersAtLimit,
    }))
    const { startDate: start_date, endDate: end_date } = period
    if (query.format === 'json') return { start_date, end_date, results }
    return rowsAsFile(rowView.shape, results, `commissions-${start_date}-${end_date}.csv`)
  },
})
