import { istMonth } from '@ev/domain'
import { Box, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { FigureTiles } from './figure-tiles.tsx'
import { readReport } from './read-report.ts'

const whole = new Intl.NumberFormat('en-IN')
const secondsAMinute = 60

/** The platform at a glance, for admins: what there is, what waits for a person, and whether messages get through. */
export function PlatformFigures() {
  const { data, error, refetch } = useQuery({
    queryKey: ['report', 'dashboard'],
    queryFn: ({ signal }) => readReport(api.GET('/reports/dashboard/', { signal })),
    refetchInterval: 60_000,
  })
  const { data: parked } = useQuery({
    queryKey: ['report', 'parked'],
    queryFn: ({ signal }) => ask(api.GET('/admin/parked/', { signal })),
    refetchInterval: 60_000,
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data || !('total_users' in data)) return <Loading rows={4} />
  const age = data.oldest_unpublished_age_seconds
  const month = istMonth(new Date(data.counted_at))
  return (
    <Box>
      <FigureTiles
        label="The platform at a glance"
        figures={[
          {
            label: 'Received from bookings',
            value: <Money amount={data.total_revenue} />,
            hint: 'net of refunds',
            rows: { resource: 'payments' },
          },
          { label: 'Bookings', value: whole.format(data.total_bookings), rows: { resource: 'bookings' } },
          {
            label: 'Accounts',
            value: whole.format(data.total_users),
            hint: 'staff included',
            rows: { resource: 'members' },
          },
          {
            label: 'Active buyers',
            value: whole.format(data.active_buyers),
            rows: { resource: 'members', filter: { is_active_buyer: true } },
          },
          {
            label: 'In wallets',
            value: <Money amount={data.total_wallet_balance} />,
            rows: { resource: 'wallet-transactions' },
          },
          {
            label: 'Pairs this month',
            value: whole.format(data.pairs_this_month),
            rows: { resource: 'pairs', filter: { month } },
          },
          {
            label: 'Commissions this month',
            value: <Money amount={data.commissions_this_month} />,
            hint: 'less what was taken back',
          },
          {
            label: 'Payouts that wait',
            value: whole.format(data.pending_payouts),
            hint: <Money amount={data.pending_payout_amount} />,
            rows: { resource: 'payouts', filter: { status: 'pending' } },
            isCalling: data.pending_payouts > 0,
          },
          {
            label: 'Identity checks that wait',
            value: whole.format(data.pending_kyc),
            rows: { resource: 'kyc', filter: { status: 'pending' } },
            isCalling: data.pending_kyc > 0,
          },
          {
            label: 'Messages that wait',
            value: whole.format(data.unpublished_messages),
            hint: age === null ? 'none waits' : `the oldest for ${ageOf(age)}`,
            rows: { resource: 'outbox', filter: { is_published: false } },
            isCalling: age !== null && age > secondsAMinute,
          },
          ...(parked
            ? [
                {
                  label: 'Parked messages',
                  value: whole.format(parked.count),
                  rows: { resource: 'parked' } as const,
                  isCalling: parked.count > 0,
                },
              ]
            : []),
        ]}
      />
      <Typography variant="caption" color="text.secondary">
        Counted at most once a minute; this was {ist(data.counted_at)}.
      </Typography>
    </Box>
  )
}

function ageOf(seconds: number): string {
  if (seconds < secondsAMinute) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / secondsAMinute)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
