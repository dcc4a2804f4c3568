import { Box, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material'
import { Money } from '../../money/money-field.tsx'
import { inWords } from '../../money/rupees.ts'
import type { Payout } from './payout.ts'

/** How what was asked for divides between the tax, the EMI and the bank, as a sum that one can check. */
export function Division({ payout }: { payout: Payout }) {
  const { requested_amount, tds_amount, net_amount, emi_amount, emi_auto_filled, transfer_amount } = payout
  const rows = [
    ['Asked for', requested_amount],
    ['Tax withheld (TDS)', `-${tds_amount}`],
    ['After tax', net_amount],
    [emi_auto_filled ? 'Paid into the EMI' : 'Paid into the EMI (not wished)', `-${emi_amount}`],
  ] as const
  return (
    <>
      <Table size="small" aria-label="How it divides">
        <TableBody>
          {rows.map(([label, amount]) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row" sx={{ pl: 0, fontWeight: 400 }}>
                {label}
              </TableCell>
              <TableCell className="figures" sx={{ pr: 0 }}>
                <Money amount={amount === '-0.00' ? '0.00' : amount} />
              </TableCell>
            </TableRow>
          ))}
          <TableRow>
            <TableCell component="th" scope="row" sx={{ pl: 0, borderBottom: 0, fontWeight: 600 }}>
              To the bank account
            </TableCell>
            <TableCell className="figures" sx={{ pr: 0, borderBottom: 0, fontWeight: 600, fontSize: '1.125rem' }}>
              <Box component="span" data-testid="transfer">
                <Money amount={transfer_amount} />
              </Box>
            </TableCell>
          </TableRow>
        </TableBody>
      </Table>
      <Typography variant="body2" color="text.secondary" sx={{ textAlign: 'right' }}>
        {inWords(transfer_amount)}
      </Typography>
    </>
  )
}
