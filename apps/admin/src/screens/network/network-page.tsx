import { Box, Card, Stack, ToggleButton, ToggleButtonGroup } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, ask } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { Empty } from '../../show/empty.tsx'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { Page } from '../../show/page.tsx'
import { type Place, usePlace } from './address.ts'
import { Explorer } from './explorer.tsx'
import { FindMember } from './find-member.tsx'
import { TeamList } from './team-list.tsx'
import { Legend } from './tree/legend.tsx'
import { Upline } from './upline.tsx'
import { firstDepth } from './use-tree.ts'

/** The member who was placed first. */
const firstNode = 1

export default function NetworkPage() {
  const [place, go] = usePlace()
  const {
    data: root,
    error,
    refetch,
  } = useQuery({
    queryKey: ['network', place.node, place.user],
    queryFn: ({ signal }) => readRoot(place, signal),
    placeholderData: (before) => before,
  })
  // The picture is made anew where it opens; whoever moves by keys goes on in it.
  const refocus = useRef(false)
  const open = (node: number) => go({ node, user: null, pair: null })
  return (
    <Page
      title="Network"
      actions={
        <>
          <FindMember onFound={open} />
          <ToggleButtonGroup
            exclusive
            size="small"
            value={place.view}
            onChange={(_, view: Place['view'] | null) => view && go({ view: view === 'list' ? view : null })}
            aria-label="How to see the network"
          >
            <ToggleButton value="picture">Picture</ToggleButton>
            <ToggleButton value="list">List</ToggleButton>
          </ToggleButtonGroup>
        </>
      }
    >
      {error && (
        <NotHere error={error} isAsked={place.node !== null || place.user !== null} onRetry={() => void refetch()} />
      )}
      {!error && !root && <Loading rows={10} />}
      {!error && root && (
        <Stack sx={{ gap: 1.5 }}>
          <Box
            sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}
          >
            <Upline node={root.id} name={root.user_name} onOpen={open} />
            {place.view === 'picture' && <Legend />}
          </Box>
          {place.view === 'list' ? (
            <TeamList key={root.id} root={root} />
          ) : (
            <Explorer
              key={root.id}
              root={root}
              refocus={refocus}
              pair={place.pair}
              onOpen={open}
              onPair={(pair) => go({ pair })}
            />
          )}
        </Stack>
      )}
    </Page>
  )
}

function readRoot({ node, user }: Place, signal: AbortSignal) {
  const query = { depth: String(firstDepth) }
  if (node === null && user !== null) {
    return ask(api.GET('/binary/members/{id}/node/', { params: { path: { id: user }, query }, signal }))
  }
  return ask(api.GET('/binary/nodes/{id}/', { params: { path: { id: node ?? firstNode }, query }, signal }))
}

type NotHereProps = { readonly error: unknown; readonly isAsked: boolean; readonly onRetry: () => void }

function NotHere({ error, isAsked, onRetry }: NotHereProps) {
  const isNotPlaced = error instanceof Problem && error.code === 'network.node_not_found'
  if (!isNotPlaced) return <Failure error={error} onRetry={onRetry} />
  return (
    <Card>
      {isAsked ? (
        <Empty
          title="This member has no place in the network."
          hint="A member is placed within a moment of joining with a referral, or when the first direct referral joins."
        />
      ) : (
        <Empty
          title="Nobody is placed in the network yet."
          hint="The tree begins when a member joins with another’s referral code."
        />
      )}
    </Card>
  )
}
