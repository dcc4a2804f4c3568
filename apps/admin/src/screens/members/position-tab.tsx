import { Card, CardContent } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api/client.ts'
import { Empty } from '../../show/empty.tsx'
import { Facts } from '../../show/facts.tsx'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { statusLabel } from '../../show/status-chip.tsx'
import type { Member } from './member.ts'

/** The member's place in the tree and what stands below it. */
export function PositionTab({ member }: { member: Member }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['position', member.id],
    queryFn: () => readPosition(member),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Loading />
  return (
    <Card>
      {data === null ? (
        <Empty
          title="This member has no place in the tree."
          hint="Members are placed within a second of joining; staff and admins are not."
        />
      ) : (
        <CardContent>
          <Facts
            facts={[
              ['Position', data.id],
              ['Level', data.level],
              ['Side', data.side && statusLabel(data.side)],
              ['Sponsor', data.sponsor && <MemberLink key="sponsor" id={data.sponsor} />],
              ['Above', data.parent && `Position ${data.parent}`],
              ['Team, left and right', `${data.left_team} and ${data.right_team}`],
              ['Unmatched, left and right', `${data.left_count} and ${data.right_count}`],
              ['Pairs in all', data.pairs_matched],
              ['Pairs this month', `${data.pairs_this_month} of ${data.monthly_limit}`],
            ]}
          />
        </CardContent>
      )}
    </Card>
  )
}

/** Positions are found by the member's code; null when there is none. */
async function readPosition({ id, referral_code }: Member) {
  const { results } = await ask(api.GET('/binary/nodes/search/', { params: { query: { q: referral_code } } }))
  const found = results.find(({ user }) => user === id)
  if (!found) return null
  return ask(api.GET('/binary/nodes/{id}/', { params: { path: { id: found.id }, query: { depth: '1' } } }))
}
