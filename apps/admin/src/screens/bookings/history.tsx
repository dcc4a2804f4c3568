import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { type Moment, Timeline } from '../../show/timeline.tsx'
import { methodLabels } from './booking.ts'

type Event = Answer<'/booking/bookings/{id}/history/'>['events'][number]

const labels: Readonly<Record<Event['event'], string>> = {
  placed: 'Booked',
  payment_reported: 'Payment reported',
  payment_completed: 'Payment counted',
  payment_failed: 'Payment failed',
  payment_refunded: 'Payment given back',
  confirmed: 'Confirmed',
  completed: 'Paid in full',
  cancelled: 'Cancelled',
  expired: 'Expired',
}

const actors: Readonly<Record<Event['actor'], string>> = {
  member: 'by the member',
  staff: 'by staff',
  admin: 'by an admin',
  platform: 'by the platform',
}

/** What has happened to a booking, oldest first. */
export function History({ bookingId }: { bookingId: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['booking-history', bookingId],
    queryFn: () => ask(api.GET('/booking/bookings/{id}/history/', { params: { path: { id: bookingId } } })),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={4} />
  return <Timeline label="What happened to the booking" moments={data.events.map(toMoment)} />
}

function toMoment({ event, at, amount, actor, payment_method, note }: Event): Moment {
  const means = payment_method && methodLabels[payment_method].toLowerCase()
  return {
    at,
    what: labels[event],
    amount: amount && <Money amount={amount} />,
    detail: [means, actors[actor], note && `“${note}”`].filter(Boolean).join(', '),
  }
}
