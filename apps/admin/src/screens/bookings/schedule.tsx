import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Failure } from '../../show/failure.tsx'
import { day } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { StatusChip } from '../../show/status-chip.tsx'

/** Every instalment with what it has received. */
export function Schedule({ bookingId }: { bookingId: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['emi-schedule', bookingId],
    queryFn: () => ask(api.GET('/booking/bookings/{id}/emi_schedule/', { params: { path: { id: bookingId } } })),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={6} />
  return (
    <Table size="small" aria-label="Instalments">
      <TableHead>
        <TableRow>
          <TableCell sx={{ pl: 0 }}>No.</TableCell>
          <TableCell>Due</TableCell>
          <TableCell>State</TableCell>
          <TableCell className="figures">Amount</TableCell>
          <TableCell className="figures">Principal</TableCell>
          <TableCell className="figures">Interest</TableCell>
          <TableCell className="figures" sx={{ pr: 0 }}>
            Paid
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {data.instalments.map((one) => (
          <TableRow key={one.number}>
            <TableCell sx={{ pl: 0 }}>{one.number}</TableCell>
            <TableCell sx={{ whiteSpace: 'nowrap' }}>{day(one.due_date)}</TableCell>
            <TableCell>
              <StatusChip status={one.status} />
            </TableCell>
            <TableCell className="figures">
              <Money amount={one.amount} />
            </TableCell>
            <TableCell className="figures">
              <Money amount={one.principal} />
            </TableCell>
            <TableCell className="figures">
              <Money amount={one.interest} />
            </TableCell>
            <TableCell className="figures" sx={{ pr: 0 }}>
              <Money amount={one.paid_amount} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
