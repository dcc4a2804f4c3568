import { companyOf, exportTds } from '@ev/application'
import { quarters, taxForms } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { csv, mostCsvRows } from '../documents/csv.ts'
import { financialYear } from './fields.ts'

const columns = [
  'serial',
  'form',
  'deductor_tan',
  'financial_year',
  'quarter',
  'section',
  'deductee_code',
  'pan',
  'name',
  'amount_paid',
  'payment_date',
  'rate',
  'tax_deducted',
  'reference',
] as const

export const exportTdsRoute = defineRoute({
  method: 'get',
  path: '/compliance/tds/export/',
  summary: 'The rows of a quarter’s statement of deducted tax',
  description:
    'One row for each payout completed in the quarter, with the fields of the statement’s file format; `payment_date` is `ddmmyyyy`. PANs are in clear, so every export is written into the audit log.',
  access: 'admin',
  request: {
    query: z.object({
      financial_year: financialYear,
      quarter: z.enum(quarters).meta({ description: 'Q1 is April to June.' }),
    }),
  },
  response: { status: 200, file: 'text/csv' },
  refusals: ['document.too_long'],
  async handle(deps, { actor, query }) {
    const { financial_year, quarter } = query
    const company = await companyOf(deps.db.read)
    const rows = await exportTds(deps, { actor, financialYear: financial_year, quarter, limit: mostCsvRows })
    const content = csv({
      columns,
      rows: rows.map((row, index) => [
        index + 1,
        taxForms(financial_year).statement,
        company.tan,
        financial_year,
        quarter,
        row.section,
        row.code,
        row.pan,
        row.name,
        row.amount,
        row.date,
        row.rate,
        row.tax,
        `payout-${row.payoutId}`,
      ]),
    })
    return { content, filename: `tds-${financial_year}-${quarter}.csv` }
  },
})
