import { Box, Breadcrumbs, Button, Link, Typography } from '@mui/material'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Failure } from '../../show/failure.tsx'

const aPage = 8

/** The way from the root to where the picture opens. A long one shows its nearest members, and more when asked. */
export function Upline({ node, name, onOpen }: { node: number; name: string; onOpen: (node: number) => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['upline', node],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/binary/nodes/{id}/upline/', {
          params: { path: { id: node }, query: { page_size: aPage, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  const above = data?.pages.flatMap(({ results }) => results).reverse() ?? []
  return (
    <Box component="nav" aria-label="Those above" sx={{ minHeight: 36, display: 'flex', alignItems: 'center' }}>
      <Breadcrumbs maxItems={40} sx={{ '& ol': { rowGap: 0.5 } }}>
        {hasNextPage && (
          <Button size="small" onClick={() => void fetchNextPage()} disabled={isFetching}>
            {`… ${above[0]?.level ?? ''} above`}
          </Button>
        )}
        {above.map(({ id, user_name, leg }) => (
          <Link
            key={id}
            component="button"
            underline="hover"
            onClick={() => onOpen(id)}
            title={`Counts in the ${leg} leg`}
          >
            {user_name}
          </Link>
        ))}
        <Typography color="text.primary" sx={{ fontWeight: 600 }} aria-current="page">
          {name}
        </Typography>
      </Breadcrumbs>
    </Box>
  )
}
