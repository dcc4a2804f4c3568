import { readWalletReport, reportMember } from '@ev/application'
import { walletTransactionTypes } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { type CsvCell, csv } from '../documents/csv.ts'
import { calendarDate, download, entityId, rupees, signedRupees } from '../http/index.ts'
import { reportQuery, toDays } from './report-fields.ts'

const movementView = z.object({
  transaction_type: z.enum(walletTransactionTypes),
  count: z.int(),
  credited_amount: rupees.meta({ description: 'What came in.' }),
  debited_amount: rupees.meta({ description: 'What went out.' }),
  net_amount: signedRupees.meta({ description: 'What came in less what went out.' }),
})

const walletReportView = z.object({
  user: z.int().nullable().meta({ description: "Whose wallet; null for all members' together." }),
  start_date: calendarDate.meta({ description: 'The first day.' }),
  end_date: calendarDate.meta({ description: 'The last day, included.' }),
  opening_balance: rupees.nullable().meta({ description: 'The balance before the first day; null for all wallets.' }),
  closing_balance: rupees.nullable().meta({ description: 'The balance after the last day; null for all wallets.' }),
  results: z.array(movementView).meta({ description: 'A row for every type that moved anything.' }),
})

export const getWalletReportRoute = defineRoute({
  method: 'get',
  path: '/reports/wallet/',
  summary: 'What moved a wallet, by type',
  description: "One's own wallet. Admins see all wallets together, or any member's with `user=`.",
  access: 'member',
  request: {
    query: z.object({
      ...reportQuery,
      user: entityId.optional().meta({ description: 'For admins: the id of the member.', examples: [7] }),
    }),
  },
  response: { status: 200, body: walletReportView, file: 'text/csv' },
  refusals: ['user.not_found'],
  async handle(deps, { actor, query }) {
    const isOfAll = actor.role === 'admin' && query.user === undefined
    const userId = isOfAll ? null : (await reportMember(deps, { actor, asked: query.user })).id
    const { period, rows, balances } = await readWalletReport(deps, { ...toDays(query), userId })
    const results = rows.map((row) => ({
      transaction_type: row.type,
      count: row.count,
      credited_amount: row.credited,
      debited_amount: row.debited,
      net_amount: row.net,
    }))
    const { startDate: start_date, endDate: end_date } = period
    if (query.format === 'json') {
      const { opening, closing } = balances ?? { opening: null, closing: null }
      return { user: userId, start_date, end_date, opening_balance: opening, closing_balance: closing, results }
    }
    const cells = results.map((row): CsvCell[] => Object.values(row))
    return download({
      content: csv({ columns: Object.keys(movementView.shape), rows: cells }),
      filename: `wallet-${userId ?? 'all'}-${start_date}-${end_date}.csv`,
    })
  },
})
