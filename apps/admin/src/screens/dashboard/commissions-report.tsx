import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { api } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Chart } from './chart.tsx'
import { lastYear, monthLabel } from './period.ts'
import { readReport } from './read-report.ts'
import { ReportCard } from './report-card.tsx'
import type { RowsBehind } from './rows-behind.ts'

type CommissionsRow = Answer<'/reports/commissions/'>['results'][number]

/** Pairs and commissions of the last twelve months, and how many members reached the month's limit. */
export function CommissionsReport() {
  const days = lastYear()
  const query = useQuery({
    queryKey: ['report', 'commissions', days],
    queryFn: async ({ signal }) =>
      (await readReport(api.GET('/reports/commissions/', { params: { query: days }, signal }))).results,
  })
  const pairsOf = ({ month }: CommissionsRow): RowsBehind => ({ resource: 'pairs', filter: { month } })
  const now = query.data?.at(-1)
  return (
    <ReportCard
      title="Pairs and commissions"
      hint={
        now && `At most ${now.monthly_limit} pairs a member and month; ${now.members_at_limit} reached that this month.`
      }
      query={query}
      file="commissions-by-month"
      empty="No pair has been made yet."
      columns={[
        { label: 'Month', value: ({ month }) => monthLabel(month) },
        { label: 'Pairs', value: ({ pairs }) => pairs, isFigure: true, rows: pairsOf },
        { label: 'Earn', value: ({ pair_amount }) => <Money amount={pair_amount} />, isFigure: true, rows: pairsOf },
        { label: 'Reversed', value: ({ reversed_pairs }) => reversed_pairs, isFigure: true, rows: pairsOf },
        {
          label: 'Commissions',
          value: ({ commission_amount }) => <Money amount={commission_amount} />,
          isFigure: true,
        },
        { label: 'Limit', value: ({ monthly_limit }) => monthly_limit, isFigure: true },
        { label: 'Members at the limit', value: ({ members_at_limit }) => members_at_limit, isFigure: true },
      ]}
      chart={(rows) => (
        <Chart
          label="Pairs and commissions"
          rows={rows}
          nameOf={({ month }) => monthLabel(month)}
          behind={pairsOf}
          series={[
            {
              name: 'Commissions',
              value: ({ commission_amount }) => commission_amount,
              as: 'bar',
              color: 'primary',
              isMoney: true,
            },
            { name: 'Pairs', value: ({ pairs }) => pairs, as: 'line', color: 'info' },
            {
              name: 'Members at the limit',
              value: ({ members_at_limit }) => members_at_limit,
              as: 'line',
              color: 'warning',
            },
          ]}
        />
      )}
    />
  )
}
