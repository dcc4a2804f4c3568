import { Table, TableBody, TableCell, TableRow, Typography } from '@mui/material'
import type { Answer } from '../../api/answer.ts'
import { Money } from '../../money/money-field.tsx'
import { ist } from '../../show/instant.tsx'
import { statusLabel } from '../../show/status-chip.tsx'

type Entry = NonNullable<Answer<'/binary/pairs/{id}/explain/'>['journal_entry']>

/** A journal entry with its lines, which sum to zero. */
export function EntryLines({ entry }: { entry: Entry }) {
  return (
    <>
      <Typography variant="body2" color="text.secondary">
        {entry.key}, {ist(entry.created_at)}
      </Typography>
      <Table size="small" aria-label={`Lines of ${entry.key}`}>
        <TableBody>
          {entry.lines.map(({ account, user, booking, amount }, at) => (
            <TableRow key={at}>
              <TableCell sx={{ pl: 0 }}>
                {statusLabel(account)}
                {user !== null && ` · member ${user}`}
                {booking !== null && ` · booking ${booking}`}
              </TableCell>
              <TableCell className="figures" sx={{ pr: 0 }}>
                <Money amount={amount} isSigned />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
