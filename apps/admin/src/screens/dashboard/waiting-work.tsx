import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { FigureTiles } from './figure-tiles.tsx'

const one = { page_size: 1 } as const
const whole = new Intl.NumberFormat('en-IN')

/** What waits for staff, who do not see the platform's figures. */
export function WaitingWork() {
  const { data, error, refetch } = useQuery({
    queryKey: ['report', 'waiting'],
    queryFn: async ({ signal }) => {
      const [kyc, nominees, payouts, bookings] = await Promise.all([
        ask(api.GET('/users/kyc/', { params: { query: { ...one, status: 'pending' } }, signal })),
        ask(api.GET('/users/nominee/', { params: { query: { ...one, status: 'pending' } }, signal })),
        ask(api.GET('/payout/', { params: { query: { ...one, status: 'pending' } }, signal })),
        ask(api.GET('/booking/bookings/', { params: { query: { ...one, status: 'pending' } }, signal })),
      ])
      return [
        { label: 'Identity checks that wait', count: countOf(kyc), resource: 'kyc' },
        { label: 'Nominees that wait', count: countOf(nominees), resource: 'nominees' },
        { label: 'Payouts that wait', count: countOf(payouts), resource: 'payouts' },
        { label: 'Bookings that wait for payment', count: countOf(bookings), resource: 'bookings' },
      ] as const
    },
    refetchInterval: 60_000,
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={3} />
  return (
    <FigureTiles
      label="What waits"
      figures={data.map(({ label, count, resource }) => ({
        label,
        value: whole.format(count),
        rows: { resource, filter: { status: 'pending' } },
        isCalling: count > 0,
      }))}
    />
  )
}

/** How many there are in all. Some of these paths answer members otherwise than staff. */
function countOf(answer: object): number {
  return 'count' in answer && typeof answer.count === 'number' ? answer.count : 0
}
