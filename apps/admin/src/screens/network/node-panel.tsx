import { Button, CardContent, Stack, Typography } from '@mui/material'
import { Link } from 'react-router'
import { Facts } from '../../show/facts.tsx'
import { ist } from '../../show/instant.tsx'
import { networkAddress } from './address.ts'
import { MemberPairs } from './member-pairs.tsx'
import { StateMark } from './tree/legend.tsx'
import type { Member } from './tree/network-tree.ts'
import { figure, membersIn, stateLabels, stateOf } from './tree/node-state.ts'

type NodePanelProps = {
  readonly member: Member
  readonly isRoot: boolean
  readonly onOpen: (node: number) => void
  readonly onPair: (pair: number) => void
}

/** The member at a position: who it is, the legs, the pairs. */
export function NodePanel({ member, isRoot, onOpen, onPair }: NodePanelProps) {
  const state = stateOf(member)
  const leg = (team: number, unmatched: number) => `${membersIn(team)}, ${figure(unmatched)} unmatched`
  return (
    <CardContent>
      <Typography variant="h6" component="h3" sx={{ overflowWrap: 'anywhere' }}>
        {member.user_name}
      </Typography>
      <Stack direction="row" sx={{ gap: 0.75, alignItems: 'center', mb: 2 }}>
        <StateMark state={state} />
        <Typography variant="body2" color="text.secondary">
          {stateLabels[state]}
        </Typography>
      </Stack>
      <Facts
        facts={[
          ['Code', member.referral_code],
          ['Placed', ist(member.joined_at)],
          ['Level', `${figure(member.level)}${member.side ? `, on the ${member.side}` : ', a root'}`],
          ['Left leg', leg(member.left_team, member.left_count)],
          ['Right leg', leg(member.right_team, member.right_count)],
          ['Pairs', figure(member.pairs_matched)],
          ['This month', `${member.pairs_this_month} of at most ${member.monthly_limit} pairs`],
          [
            'Referred by',
            member.sponsor && (
              <Link to={networkAddress({ user: member.sponsor })}>Member {member.sponsor}, in the tree</Link>
            ),
          ],
        ]}
      />
      <Stack direction="row" sx={{ gap: 1, my: 2, flexWrap: 'wrap' }}>
        {!isRoot && (
          <Button variant="outlined" size="small" onClick={() => onOpen(member.id)}>
            Open here
          </Button>
        )}
        <Button variant="outlined" size="small" component={Link} to={`/members/${member.user}/show`}>
          Member’s page
        </Button>
      </Stack>
      <MemberPairs key={member.user} user={member.user} onPair={onPair} />
    </CardContent>
  )
}
