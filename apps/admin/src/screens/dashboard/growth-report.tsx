import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { api } from '../../api/client.ts'
import { Chart } from './chart.tsx'
import { daysOfMonth, lastYear, monthLabel } from './period.ts'
import { readReport } from './read-report.ts'
import { ReportCard } from './report-card.tsx'
import type { RowsBehind } from './rows-behind.ts'

type GrowthRow = Answer<'/reports/growth/'>['results'][number]

/** Members who joined, were placed and began to count in the last twelve months. */
export function GrowthReport() {
  const days = lastYear()
  const query = useQuery({
    queryKey: ['report', 'growth', days],
    queryFn: async ({ signal }) =>
      (await readReport(api.GET('/reports/growth/', { params: { query: days }, signal }))).results,
  })
  const membersOf = ({ month }: GrowthRow): RowsBehind => {
    const { first, last } = daysOfMonth(month)
    return { resource: 'members', filter: { date_joined_after: first, date_joined_before: last } }
  }
  return (
    <ReportCard
      title="Growth of the network"
      hint="Members who joined, were placed in the tree, and began to count for pairs."
      query={query}
      file="growth-by-month"
      empty="Nobody has joined yet."
      columns={[
        { label: 'Month', value: ({ month }) => monthLabel(month) },
        { label: 'Joined', value: ({ joined }) => joined, isFigure: true, rows: membersOf },
        { label: 'Placed', value: ({ placed }) => placed, isFigure: true },
        { label: 'Began to count', value: ({ counted }) => counted, isFigure: true },
      ]}
      chart={(rows) => (
        <Chart
          label="Growth of the network"
          rows={rows}
          nameOf={({ month }) => monthLabel(month)}
          behind={membersOf}
          series={[
            { name: 'Joined', value: ({ joined }) => joined, as: 'bar', color: 'primary' },
            { name: 'Placed', value: ({ placed }) => placed, as: 'bar', color: 'info' },
            { name: 'Began to count', value: ({ counted }) => counted, as: 'bar', color: 'success' },
          ]}
        />
      )}
    />
  )
}
