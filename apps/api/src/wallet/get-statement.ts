import { companyOf } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { csv, mostCsvRows } from '../documents/csv.ts'
import { mostPaperRows, paper } from '../documents/paper.ts'
import { calendarDate, entityId } from '../http/index.ts'
import { whose } from '../whose.ts'
import { readStatement, statementPaper, statementPeriod, statementSheet } from './statement.ts'

const statementQuery = z.object({
  from: calendarDate
    .optional()
    .meta({ description: 'First day in India; the first of the month of `to` when absent.' }),
  to: calendarDate.optional().meta({ description: 'Last day in India, included; today when absent.' }),
  user: entityId.optional().meta({ description: 'For admins: whose statement.' }),
})

const period = 'From an opening balance to a closing one, at most twelve months. Admins choose a member with `user`.'

export const getStatementPdfRoute = defineRoute({
  method: 'get',
  path: '/wallet/statement.pdf',
  summary: 'The statement of your wallet as a PDF',
  description: `${period} At most ${mostPaperRows - 1} rows.`,
  access: 'member',
  request: { query: statementQuery },
  response: { status: 200, file: 'application/pdf' },
  refusals: ['validation.failed', 'user.not_found', 'document.too_long'],
  async handle(deps, { actor, query }) {
    const now = deps.clock.now()
    const user = await users.get(deps.db.read, whose(actor, query.user))
    const period = statementPeriod(query, now)
    // The opening balance is a row of the table as well.
    const statement = await readStatement(deps, { userId: user.id, period, limit: mostPaperRows - 1 })
    const company = await companyOf(deps.db.read)
    return {
      content: await paper(statementPaper(statement, { user, company, now })),
      filename: fileName(period, 'pdf'),
    }
  },
})

export const getStatementCsvRoute = defineRoute({
  method: 'get',
  path: '/wallet/statement.csv',
  summary: 'The statement of your wallet for a spreadsheet',
  description: `${period} At most ${mostCsvRows - 2} rows.`,
  access: 'member',
  request: { query: statementQuery },
  response: { status: 200, file: 'text/csv' },
  refusals: ['validation.failed', 'user.not_found', 'document.too_long'],
  async handle(deps, { actor, query }) {
    const user = await users.get(deps.db.read, whose(actor, query.user))
    const period = statementPeriod(query, deps.clock.now())
    const statement = await readStatement(deps, { userId: user.id, period, limit: mostCsvRows - 2 })
    return { content: csv(statementSheet(statement)), filename: fileName(period, 'csv') }
  },
})

const fileName = ({ from, to }: { from: string; to: string }, type: string) => `statement-${from}-to-${to}.${type}`
