import { readSales, type SalesFigures, type SalesRow } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { type CsvCell, csv } from '../documents/csv.ts'
import { calendarDate, download, rupees, signedRupees } from '../http/index.ts'
import { reportQuery, toDays } from './report-fields.ts'

const figuresShape = {
  bookings: z.int().meta({ description: 'Bookings placed, whatever became of them.' }),
  booked_amount: rupees.meta({ description: 'The prices of those bookings.' }),
  payments: z.int().meta({ description: 'Payments that bookings received.' }),
  received_amount: rupees.meta({ description: 'What bookings received.' }),
  refunded_amount: rupees.meta({ description: 'What bookings gave back: refunds, and closed bookings.' }),
  net_amount: signedRupees.meta({ description: 'Received less refunded.' }),
}

const salesRowView = z.object({
  period: z.string().nullable().meta({ description: 'The day or month in India; null by vehicle.' }),
  vehicle: z.int().nullable().meta({ description: 'The id of the vehicle; null by day and month.' }),
  vehicle_name: z.string().nullable().meta({ description: "The vehicle's name." }),
  model_code: z.string().nullable(),
  ...figuresShape,
})

const salesView = z.object({
  start_date: calendarDate.meta({ description: 'The first day.' }),
  end_date: calendarDate.meta({ description: 'The last day, included.' }),
  group_by: z.enum(['day', 'month', 'vehicle']).meta({ description: 'What a row stands for.' }),
  total: z.object(figuresShape).meta({ description: 'All rows together.' }),
  results: z.array(salesRowView),
})

function toFiguresView(figures: SalesFigures) {
  return {
    bookings: figures.bookings,
    booked_amount: figures.booked,
    payments: figures.payments,
    received_amount: figures.received,
    refunded_amount: figures.refunded,
    net_amount: figures.net,
  }
}

function toSalesRowView({ period, vehicle, figures }: SalesRow): z.output<typeof salesRowView> {
  return {
    period,
    vehicle: vehicle?.id ?? null,
    vehicle_name: vehicle?.name ?? null,
    model_code: vehicle?.modelCode ?? null,
    ...toFiguresView(figures),
  }
}

export const getSalesRoute = defineRoute({
  method: 'get',
  path: '/reports/sales/',
  summary: 'What was sold',
  description:
    'Bookings placed, and the money that bookings received and gave back as the ledger has it, by the day in India on which it moved. Days and months without sales are shown with zeros.',
  access: 'admin',
  request: {
    query: z.object({
      ...reportQuery,
      group_by: z.enum(['day', 'month', 'vehicle']).prefault('day').meta({ description: 'What a row stands for.' }),
    }),
  },
  response: { status: 200, body: salesView, file: 'text/csv' },
  refusals: [],
  async handle(deps, { query }) {
    const { period, rows, total } = await readSales(deps, { ...toDays(query), groupBy: query.group_by })
    const results = rows.map(toSalesRowView)
    if (query.format === 'json') {
      const { startDate: start_date, endDate: end_date } = period
      return { start_date, end_date, group_by: query.group_by, total: toFiguresView(total), results }
    }
    const columns = Object.keys(salesRowView.shape)
    const cells = results.map((row): CsvCell[] => Object.values(row))
    return download({
      content: csv({ columns, rows: cells }),
      filename: `sales-${query.group_by}-${period.startDate}-${period.endDate}.csv`,
    })
  },
})
