import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useRecordContext } from 'react-admin'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { statusLabel } from '../../show/status-chip.tsx'

/** Why a row stands in the statement: the rule, the arithmetic and the journal entry behind it. */
export function ExplainTransaction() {
  const id = Number(useRecordContext()?.id)
  const { data, error, refetch } = useQuery({
    queryKey: ['explain', id],
    queryFn: () => ask(api.GET('/wallet/transactions/{id}/explain/', { params: { path: { id } } })),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={3} />
  const { rule, steps, plan_version, journal_entry } = data
  return (
    <Box sx={{ py: 1, maxWidth: 720 }}>
      {rule.map((sentence) => (
        <Typography key={sentence} variant="body2">
          {sentence}
        </Typography>
      ))}
      <Box component="ol" sx={{ my: 1, pl: 2.5 }}>
        {steps.map(({ name, text }) => (
          <Typography key={`${name} ${text}`} component="li" variant="body2">
            {statusLabel(name)}: {text}
          </Typography>
        ))}
      </Box>
      <Typography variant="body2" color="text.secondary">
        Journal entry {journal_entry.id}, {journal_entry.key}, {ist(journal_entry.created_at)}
        {plan_version !== null && `, by version ${plan_version} of the plan`}
      </Typography>
      <Table size="small" aria-label={`Lines of journal entry ${journal_entry.id}`} sx={{ mt: 1 }}>
        <TableHead>
          <TableRow>
            <TableCell>Account</TableCell>
            <TableCell align="right">Amount</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {journal_entry.lines.map((line, at) => (
            <TableRow key={`${line.account} ${at}`}>
              <TableCell>{statusLabel(line.account)}</TableCell>
              <TableCell align="right">
                <Money amount={line.amount} isSigned />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  )
}
