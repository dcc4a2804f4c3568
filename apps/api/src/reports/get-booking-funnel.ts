import { readBookingFunnel } from '@ev/application'
import { bookingStatuses } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { rupees } from '../http/index.ts'
import { reportDays, reportQuery, rowsAsFile, toDays } from './report-fields.ts'

const rowView = z.object({
  status: z.enum(bookingStatuses),
  bookings: z.int().meta({ description: 'How many of the bookings are in this state now.' }),
  total_amount: rupees.meta({ description: 'The prices of those bookings.' }),
  total_paid: rupees.meta({ description: 'What those bookings have received, net of refunds.' }),
})

export const getBookingFunnelRoute = defineRoute({
  method: 'get',
  path: '/reports/bookings/',
  summary: 'What became of bookings',
  description:
    'The bookings that were placed on the days asked for, by the state in which they are now. Every state has a row.',
  access: 'staff',
  request: { query: z.object(reportQuery) },
  response: { status: 200, body: z.object({ ...reportDays, results: z.array(rowView) }), file: 'text/csv' },
  refusals: [],
  async handle(deps, { query }) {
    const { period, rows } = await readBookingFunnel(deps, toDays(query))
    const results = rows.map(({ status, count, total, paid }) => ({
      status,
      bookings: count,
      total_amount: total,
      total_paid: paid,
    }))
    const { startDate: start_date, endDate: end_date } = period
    if (query.format === 'json') return { start_date, end_date, results }
    return rowsAsFile(rowView.shape, results, `bookings-${start_date}-${end_date}.csv`)
  },
})
