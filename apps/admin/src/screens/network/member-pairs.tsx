import { Box, Button, List, ListItemButton, ListItemText, Typography } from '@mui/material'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { StatusChip } from '../../show/status-chip.tsx'

const aPage = 10

/** The pairs of a member, newest first; each opens its explanation. */
export function MemberPairs({ user, onPair }: { user: number; onPair: (pair: number) => void }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['member-pairs', user],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/binary/pairs/', { params: { query: { user, page_size: aPage, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => ('next_cursor' in page ? page.next_cursor : null),
  })
  const pairs = data?.pages.flatMap(({ results }) => results) ?? []
  return (
    <Box component="section" aria-label="Pairs">
      <Typography variant="subtitle2" component="h4">
        Pairs
      </Typography>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading rows={3} />}
      {!isPending && !error && pairs.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          None yet. One is made of a counting member of each leg.
        </Typography>
      )}
      <List dense disablePadding component="div">
        {pairs.map(({ id, pair_number, earning_amount, matched_at, status }) => (
          <ListItemButton key={id} onClick={() => onPair(id)} sx={{ px: 1, mx: -1, gap: 1 }}>
            <ListItemText
              primary={
                <>
                  Pair {pair_number} · <Money amount={earning_amount} />
                </>
              }
              secondary={ist(matched_at)}
            />
            <StatusChip status={status} />
          </ListItemButton>
        ))}
      </List>
      {hasNextPage && (
        <Button size="small" disabled={isFetching} onClick={() => void fetchNextPage()}>
          Earlier pairs
        </Button>
      )}
    </Box>
  )
}
