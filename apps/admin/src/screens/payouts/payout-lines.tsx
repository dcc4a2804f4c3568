import { Box, Divider, Stack, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { RecordContextProvider } from 'react-admin'
import { Link } from 'react-router'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { statusLabel } from '../../show/status-chip.tsx'
import { ExplainTransaction } from '../members/explain-transaction.tsx'
import type { Payout } from './payout.ts'

/** The rows that the payout has written into the member's statement, each with the journal entry behind it. */
export function PayoutLines({ payout }: { payout: Payout }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['payout-lines', payout.id, payout.status],
    queryFn: () => linesOf(payout),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading rows={2} />
  if (data.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        {payout.status === 'pending' || payout.status === 'processing'
          ? 'The amount is held in the wallet. The statement gets its rows when the bank has paid.'
          : 'The amount was held and is free again. The balance never changed.'}
      </Typography>
    )
  }
  return (
    <Stack divider={<Divider />} spacing={2}>
      {data.map((line) => (
        <Box key={line.id}>
          <Stack direction="row" sx={{ gap: 2, alignItems: 'baseline', flexWrap: 'wrap' }}>
            <Typography variant="subtitle2">{statusLabel(line.transaction_type)}</Typography>
            <Money amount={line.amount} isSigned />
            <Typography variant="body2" color="text.secondary" sx={{ flex: 1 }}>
              {ist(line.created_at)}, balance <Money amount={line.balance_after} />
            </Typography>
            <Link to={`/members/${line.user}/show?tab=wallet`}>Whole statement</Link>
          </Stack>
          <RecordContextProvider value={line}>
            <ExplainTransaction />
          </RecordContextProvider>
        </Box>
      ))}
    </Stack>
  )
}

/** The statement is asked for from the moment of the payout on, because it cannot be asked for by payout. */
async function linesOf({ id, user, created_at }: Payout) {
  const query = { user, reference_type: 'payout', created_after: created_at, page_size: 100 } as const
  const { results } = await ask(api.GET('/wallet/transactions/', { params: { query } }))
  return results.filter(({ reference_id }) => reference_id === id)
}
