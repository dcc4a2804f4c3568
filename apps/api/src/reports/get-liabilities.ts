import { readLiabilities } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { formatQuery, rupees, signedRupees } from '../http/index.ts'
import { rowsAsFile } from './report-fields.ts'

const liabilitiesView = z.object({
  wallets: z.int().meta({ description: 'How many wallets there are.' }),
  balance: signedRupees.meta({ description: 'What is in all wallets, held amounts included.' }),
  held: rupees.meta({ description: 'What of it is held for payouts.' }),
  emi_reserve: rupees.meta({ description: 'What is set aside for the instalments of members.' }),
  recoverable: rupees.meta({ description: 'What members owe back.' }),
})

export const getLiabilitiesRoute = defineRoute({
  method: 'get',
  path: '/reports/liabilities/',
  summary: 'What the platform owes its members',
  description: 'All wallets together, counted at most once a minute.',
  access: 'admin',
  request: { query: z.object({ format: formatQuery }) },
  response: { status: 200, body: liabilitiesView, file: 'text/csv' },
  refusals: [],
  async handle(deps, { query }) {
    const { wallets, balance, held, emiReserve, recoverable } = await readLiabilities(deps)
    const view = { wallets, balance, held, emi_reserve: emiReserve, recoverable }
    return query.format === 'json' ? view : rowsAsFile(liabilitiesView.shape, [view], 'liabilities.csv')
  },
})
