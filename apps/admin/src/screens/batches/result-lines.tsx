import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { StatusChip } from '../../show/status-chip.tsx'

export type Results = {
  readonly settled: number
  readonly unchanged: number
  readonly refused: number
  readonly lines: readonly {
    readonly line: number
    readonly reference: string
    readonly outcome: 'settled' | 'unchanged' | 'refused'
    readonly message: string
  }[]
}

/** What became of every line of a result file; those that were refused stand first. */
export function ResultLines({ results }: { results: Results }) {
  const { settled, unchanged, refused, lines } = results
  const inOrder = [...lines].sort((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused'))
  return (
    <>
      <Typography variant="body2" sx={{ mb: 1 }}>
        {settled} settled, {unchanged} unchanged, {refused} refused.
      </Typography>
      <Table size="small" aria-label="Lines of the result file">
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>Line</TableCell>
            <TableCell>Reference</TableCell>
            <TableCell>Outcome</TableCell>
            <TableCell>What it did</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {inOrder.map(({ line, reference, outcome, message }) => (
            <TableRow key={line}>
              <TableCell sx={{ pl: 0 }}>{line}</TableCell>
              <TableCell>{reference}</TableCell>
              <TableCell>
                <StatusChip status={outcome} />
              </TableCell>
              <TableCell>{message}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
