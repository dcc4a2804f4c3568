import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Empty } from '../../show/empty.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { type Booking, methodLabels } from './booking.ts'
import { RefundAction } from './refund-action.tsx'
import { ReviewActions } from './review-actions.tsx'

const mostShown = 100

/** The payments of a booking, newest first, each with what can be done about it. */
export function Payments({ booking }: { booking: Booking }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['booking-payments', booking.id],
    queryFn: () =>
      ask(api.GET('/booking/payments/', { params: { query: { booking: booking.id, page_size: mostShown } } })),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={3} />
  if (data.results.length === 0) return <Empty title="Nothing was paid yet." />
  return (
    <Table size="small" aria-label="Payments">
      <TableHead>
        <TableRow>
          <TableCell sx={{ pl: 0 }}>When</TableCell>
          <TableCell>How</TableCell>
          <TableCell>State</TableCell>
          <TableCell className="figures">Amount</TableCell>
          <TableCell className="figures">Given back</TableCell>
          <TableCell sx={{ pr: 0, textAlign: 'right' }}>Actions</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {data.results.map((payment) => (
          <TableRow key={payment.id} data-payment={payment.id}>
            <TableCell sx={{ pl: 0, whiteSpace: 'nowrap' }}>{ist(payment.payment_date)}</TableCell>
            <TableCell>
              {methodLabels[payment.payment_method]}
              {payment.transaction_id && `, ${payment.transaction_id}`}
              {payment.notes && `: ${payment.notes}`}
            </TableCell>
            <TableCell>
              <StatusChip status={payment.status} />
            </TableCell>
            <TableCell className="figures">
              <Money amount={payment.amount} />
            </TableCell>
            <TableCell className="figures">
              {payment.refunded_amount === '0.00' ? '—' : <Money amount={payment.refunded_amount} />}
            </TableCell>
            <TableCell sx={{ pr: 0, textAlign: 'right', whiteSpace: 'nowrap' }}>
              <ReviewActions payment={payment} />
              <RefundAction payment={payment} booking={booking} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
