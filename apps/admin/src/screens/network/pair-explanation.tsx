import BackIcon from '@mui/icons-material/ArrowBack'
import { Box, Button, CardContent, Stack, Typography } from '@mui/material'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { Money } from '../../money/money-field.tsx'
import { Facts } from '../../show/facts.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { EntryLines } from './entry-lines.tsx'

type Explanation = Answer<'/binary/pairs/{id}/explain/'>

export const explanationQuery = (pair: number) =>
  queryOptions({
    queryKey: ['pair', pair],
    queryFn: ({ signal }) => ask(api.GET('/binary/pairs/{id}/explain/', { params: { path: { id: pair } }, signal })),
  })

type PairExplanationProps = {
  readonly pair: number
  readonly onOpen: (node: number) => void
  readonly onClose?: () => void
}

/** Why a pair was made: who, when, by which rule, what it earned, and where that stands in the journal. */
export function PairExplanation({ pair, onOpen, onClose }: PairExplanationProps) {
  const { data, error, refetch } = useQuery(explanationQuery(pair))
  return (
    <CardContent>
      {onClose && (
        <Button size="small" startIcon={<BackIcon />} onClick={onClose} sx={{ mb: 1, ml: -0.5 }}>
          Back to the member
        </Button>
      )}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={8} />}
      {data && <Explained explanation={data} onOpen={onOpen} />}
    </CardContent>
  )
}

function Explained({ explanation, onOpen }: { explanation: Explanation; onOpen: (node: number) => void }) {
  const { pair, left, right, ordinal, month, pair_of_month, monthly_limit, rule, plan_version } = explanation
  return (
    <Stack sx={{ gap: 2.5 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
        <Typography variant="h6" component="h3">
          Pair {ordinal}
        </Typography>
        <StatusChip status={pair.status} />
      </Stack>
      <Part title="Who">
        <Stack sx={{ gap: 1.5 }}>
          <PairedMember leg="Left" member={left} onOpen={onOpen} />
          <PairedMember leg="Right" member={right} onOpen={onOpen} />
        </Stack>
      </Part>
      <Part title="When">
        <Facts
          facts={[
            ['Matched', ist(pair.matched_at)],
            ['Credited', pair.processed_at && ist(pair.processed_at)],
            ...(pair.reversed_at ? [['Reversed', ist(pair.reversed_at)] as const] : []),
            ['Of its month', `${pair_of_month} of at most ${monthly_limit} in ${month}`],
          ]}
        />
      </Part>
      <Part title="Rule">
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {rule.map((line) => (
            <Typography key={line} component="li" variant="body2" sx={{ mb: 0.75 }}>
              {line}
            </Typography>
          ))}
        </Box>
        <Typography variant="body2" color="text.secondary">
          Plan version {plan_version}.
        </Typography>
      </Part>
      <Part title="Arithmetic">
        <Arithmetic {...explanation.arithmetic} />
      </Part>
      <Part title="Journal entry">
        {explanation.journal_entry ? <EntryLines entry={explanation.journal_entry} /> : <NotYet />}
      </Part>
      {explanation.reversal_entry && (
        <Part title="Journal entry that took it back">
          <EntryLines entry={explanation.reversal_entry} />
        </Part>
      )}
    </Stack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Typography variant="subtitle2" component="h4" sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  )
}

type PairedMemberProps = {
  readonly leg: string
  readonly member: Explanation['left']
  readonly onOpen: (node: number) => void
}

function PairedMember({ leg, member, onOpen }: PairedMemberProps) {
  return (
    <Box>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 1 }}>
        <Typography variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {leg}: {member.user_name}
        </Typography>
        <Button size="small" onClick={() => onOpen(member.node)} aria-label={`In the tree: ${member.user_name}`}>
          In the tree
        </Button>
      </Stack>
      <Typography variant="body2" color="text.secondary">
        Place {member.sequence}, level {member.level}, placed {ist(member.placed_at)}
        {member.counted_since ? `; counts since ${ist(member.counted_since)}` : '; counts no longer'}
      </Typography>
    </Box>
  )
}

function Arithmetic({
  earning,
  emi_deducted,
  net_amount,
  emi_deduction_percent,
  is_grace_pair,
  was_active_buyer,
}: Explanation['arithmetic']) {
  const why = is_grace_pair
    ? 'one of the first pairs, so nothing is deducted'
    : was_active_buyer
      ? 'an Active Buyer then, so nothing is deducted'
      : `${emi_deduction_percent} % go to the EMI`
  return (
    <Facts
      facts={[
        ['Earned', <Money key="earning" amount={earning} />],
        [
          'To the EMI',
          <span key="emi">
            <Money amount={emi_deducted} /> ({why})
          </span>,
        ],
        [
          'To the wallet',
          <strong key="net">
            <Money amount={net_amount} />
          </strong>,
        ],
      ]}
    />
  )
}

function NotYet() {
  return (
    <Typography variant="body2" color="text.secondary">
      None yet: the earning is credited within a moment of the match.
    </Typography>
  )
}
