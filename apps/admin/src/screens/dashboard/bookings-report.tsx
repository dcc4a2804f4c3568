import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { api } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { statusLabel } from '../../show/status-chip.tsx'
import { Funnel } from './funnel.tsx'
import type { Days } from './period.ts'
import { readReport } from './read-report.ts'
import { ReportCard } from './report-card.tsx'
import type { RowsBehind } from './rows-behind.ts'

type BookingsRow = Answer<'/reports/bookings/'>['results'][number]

/** What became of the bookings that were placed on the days. */
export function BookingsReport({ days }: { days: Days }) {
  const query = useQuery({
    queryKey: ['report', 'bookings', days],
    queryFn: async ({ signal }) =>
      (await readReport(api.GET('/reports/bookings/', { params: { query: days }, signal }))).results,
  })
  const rowsOf = (statuses: readonly string[]): RowsBehind => ({
    resource: 'bookings',
    filter: {
      ...(statuses.length === 1 && { status: statuses[0] }),
      created_after: days.start_date,
      created_before: days.end_date,
    },
  })
  const behind = ({ status }: BookingsRow) => rowsOf([status])
  return (
    <ReportCard
      title="Bookings"
      hint="How far the bookings placed on these days have come."
      query={query}
      file="bookings-by-status"
      empty="No booking was placed on these days."
      columns={[
        { label: 'State now', value: ({ status }) => statusLabel(status) },
        { label: 'Bookings', value: ({ bookings }) => bookings, isFigure: true, rows: behind },
        { label: 'Prices', value: ({ total_amount }) => <Money amount={total_amount} />, isFigure: true, rows: behind },
        { label: 'Received', value: ({ total_paid }) => <Money amount={total_paid} />, isFigure: true, rows: behind },
      ]}
      chart={(rows) => {
        const count = (...statuses: BookingsRow['status'][]) =>
          rows.filter(({ status }) => statuses.includes(status)).reduce((sum, { bookings }) => sum + bookings, 0)
        const all = count('pending', 'active', 'completed', 'expired', 'cancelled')
        return (
          <Funnel
            label="Bookings"
            steps={[
              { name: 'Placed', count: all, rows: rowsOf([]) },
              { name: 'Confirmed or completed', count: count('active', 'completed') },
              { name: 'Completed', count: count('completed'), rows: rowsOf(['completed']) },
            ]}
            beside={[
              { name: 'Wait for payment', count: count('pending'), rows: rowsOf(['pending']) },
              { name: 'Confirmed', count: count('active'), rows: rowsOf(['active']) },
              { name: 'Expired', count: count('expired'), rows: rowsOf(['expired']) },
              { name: 'Cancelled', count: count('cancelled'), rows: rowsOf(['cancelled']) },
            ]}
          />
        )
      }}
    />
  )
}
