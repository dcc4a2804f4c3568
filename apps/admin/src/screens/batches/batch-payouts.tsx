import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { Link } from 'react-router'
import { Money } from '../../money/money-field.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import type { Batch } from './batch.ts'

export function BatchPayouts({ payouts }: { payouts: Batch['payouts'] }) {
  return (
    <Table size="small" aria-label="Payouts of the batch">
      <TableHead>
        <TableRow>
          <TableCell sx={{ pl: 0 }}>Payout</TableCell>
          <TableCell>Member</TableCell>
          <TableCell>Account</TableCell>
          <TableCell>State</TableCell>
          <TableCell>Bank reference</TableCell>
          <TableCell className="figures" sx={{ pr: 0 }}>
            Transfer
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {payouts.map((payout) => (
          <TableRow key={payout.id}>
            <TableCell sx={{ pl: 0, whiteSpace: 'nowrap' }}>
              <Link to={`/payouts/${payout.id}/show`}>Payout {payout.id}</Link>
            </TableCell>
            <TableCell>
              <MemberLink id={payout.user} />
            </TableCell>
            <TableCell>
              {payout.account_number}, {payout.bank_name}
            </TableCell>
            <TableCell>
              <StatusChip status={payout.status} />
            </TableCell>
            <TableCell>{payout.bank_reference ?? (payout.failure_reason || '—')}</TableCell>
            <TableCell className="figures" sx={{ pr: 0 }}>
              <Money amount={payout.transfer_amount} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
