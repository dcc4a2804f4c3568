import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Chart } from './chart.tsx'
import { readReport } from './read-report.ts'
import { ReportCard } from './report-card.tsx'
import type { RowsBehind } from './rows-behind.ts'

type Liability = { readonly what: string; readonly amount: string; readonly rows: RowsBehind }

/** What the platform owes its members now, and they owe it. */
export function LiabilitiesReport() {
  const query = useQuery({
    queryKey: ['report', 'liabilities'],
    queryFn: async ({ signal }): Promise<Liability[]> => {
      const { balance, held, emi_reserve, recoverable } = await readReport(api.GET('/reports/liabilities/', { signal }))
      return [
        { what: 'In wallets', amount: balance, rows: { resource: 'wallet-transactions' } },
        { what: 'Held for payouts', amount: held, rows: { resource: 'payouts', filter: { status: 'pending' } } },
        {
          what: 'Reserved for EMI',
          amount: emi_reserve,
          rows: { resource: 'wallet-transactions', filter: { transaction_type: 'EMI_DEDUCTION' } },
        },
        {
          what: 'Owed back',
          amount: recoverable,
          rows: { resource: 'wallet-transactions', filter: { transaction_type: 'RECOVERY' } },
        },
      ]
    },
  })
  const behind = ({ rows }: Liability) => rows
  return (
    <ReportCard
      title="Wallet liabilities"
      hint="All wallets together, as they are now."
      query={query}
      file="liabilities"
      empty="There is no wallet yet."
      columns={[
        { label: 'What', value: ({ what }) => what },
        { label: 'Amount', value: ({ amount }) => <Money amount={amount} />, isFigure: true, rows: behind },
      ]}
      chart={(rows) => (
        <Chart
          label="Wallet liabilities"
          rows={rows}
          nameOf={({ what }) => what}
          behind={behind}
          series={[{ name: 'Amount', value: ({ amount }) => amount, as: 'bar', color: 'primary', isMoney: true }]}
        />
      )}
    />
  )
}
