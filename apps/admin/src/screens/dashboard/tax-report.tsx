import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { api } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Chart } from './chart.tsx'
import { readReport } from './read-report.ts'
import { ReportCard } from './report-card.tsx'
import type { RowsBehind } from './rows-behind.ts'

type TaxRow = Answer<'/reports/tds/'>['results'][number]

/** Payouts and the tax withheld from them, by quarter of the financial year. */
export function TaxReport() {
  const query = useQuery({
    queryKey: ['report', 'tds'],
    queryFn: async ({ signal }) => (await readReport(api.GET('/reports/tds/', { signal }))).results,
  })
  const nameOf = ({ financial_year, quarter }: TaxRow) => `${quarter} ${financial_year}`
  const recordsOf = ({ financial_year }: TaxRow): RowsBehind => ({ resource: 'tds', filter: { financial_year } })
  return (
    <ReportCard
      title="Payouts and TDS"
      hint="By quarter of the financial year; Q1 is April to June."
      query={query}
      file="tds-by-quarter"
      empty="No payout has been made yet."
      columns={[
        { label: 'Quarter', value: nameOf },
        {
          label: 'Paid out',
          value: ({ payout_amount }) => <Money amount={payout_amount} />,
          isFigure: true,
          rows: recordsOf,
        },
        {
          label: 'Tax withheld',
          value: ({ tds_amount }) => <Money amount={tds_amount} />,
          isFigure: true,
          rows: recordsOf,
        },
      ]}
      chart={(rows) => (
        <Chart
          label="Payouts and TDS"
          rows={rows}
          nameOf={nameOf}
          behind={recordsOf}
          series={[
            {
              name: 'Paid out',
              value: ({ payout_amount }) => payout_amount,
              as: 'bar',
              color: 'primary',
              isMoney: true,
            },
            {
              name: 'Tax withheld',
              value: ({ tds_amount }) => tds_amount,
              as: 'bar',
              color: 'secondary',
              isMoney: true,
            },
          ]}
        />
      )}
    />
  )
}
