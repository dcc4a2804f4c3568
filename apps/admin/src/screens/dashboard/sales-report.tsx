import { ToggleButton, ToggleButtonGroup } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api/answer.ts'
import { api } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { day } from '../../show/instant.tsx'
import { Chart } from './chart.tsx'
import type { Days } from './period.ts'
import { readReport } from './read-report.ts'
import { ReportCard } from './report-card.tsx'
import type { RowsBehind } from './rows-behind.ts'

type SalesRow = Answer<'/reports/sales/'>['results'][number]

/** What was sold on the days, by day or by vehicle. */
export function SalesReport({ days }: { days: Days }) {
  const [group, setGroup] = useState<'day' | 'vehicle'>('day')
  const query = useQuery({
    queryKey: ['report', 'sales', group, days],
    queryFn: async ({ signal }) =>
      (await readReport(api.GET('/reports/sales/', { params: { query: { ...days, group_by: group } }, signal })))
        .results,
  })
  const nameOf = ({ period, vehicle_name }: SalesRow) => (period ? day(period) : (vehicle_name ?? '—'))
  const bookingsOf = ({ period, vehicle }: SalesRow): RowsBehind => ({
    resource: 'bookings',
    filter: period
      ? { created_after: period, created_before: period }
      : { vehicle_model: vehicle, created_after: days.start_date, created_before: days.end_date },
  })
  const paymentsOf = ({ period }: SalesRow): RowsBehind | null =>
    period ? { resource: 'payments', filter: { created_after: period, created_before: period } } : null
  return (
    <ReportCard
      title="Sales"
      hint="Money that bookings received less what they gave back, and bookings placed."
      query={query}
      file={`sales-${group}`}
      empty="Nothing was sold on these days."
      actions={
        <ToggleButtonGroup
          size="small"
          exclusive
          value={group}
          onChange={(_, next: 'day' | 'vehicle' | null) => next && setGroup(next)}
          aria-label="Sales by"
        >
          <ToggleButton value="day">Day</ToggleButton>
          <ToggleButton value="vehicle">Vehicle</ToggleButton>
        </ToggleButtonGroup>
      }
      columns={[
        { label: group === 'day' ? 'Day' : 'Vehicle', value: nameOf },
        { label: 'Bookings', value: ({ bookings }) => bookings, isFigure: true, rows: bookingsOf },
        {
          label: 'Booked',
          value: ({ booked_amount }) => <Money amount={booked_amount} />,
          isFigure: true,
          rows: bookingsOf,
        },
        {
          label: 'Received',
          value: ({ received_amount }) => <Money amount={received_amount} />,
          isFigure: true,
          rows: paymentsOf,
        },
        { label: 'Refunded', value: ({ refunded_amount }) => <Money amount={refunded_amount} />, isFigure: true },
        { label: 'Net', value: ({ net_amount }) => <Money amount={net_amount} />, isFigure: true, rows: paymentsOf },
      ]}
      chart={(rows) => (
        <Chart
          label="Sales"
          rows={rows}
          nameOf={(row) => nameOf(row).replace(/ \d{4}$/, '')}
          behind={bookingsOf}
          series={[
            {
              name: 'Net of refunds',
              value: ({ net_amount }) => net_amount,
              as: 'bar',
              color: 'primary',
              isMoney: true,
            },
            {
              name: 'Bookings',
              value: ({ bookings }) => bookings,
              as: group === 'day' ? 'line' : 'bar',
              color: 'secondary',
            },
          ]}
        />
      )}
    />
  )
}
