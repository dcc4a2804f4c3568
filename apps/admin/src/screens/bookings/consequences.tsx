import { Alert, Box, Stack, Typography } from '@mui/material'
import type { Answer } from '../../api/answer.ts'
import { Money } from '../../money/money-field.tsx'
import { inr } from '../../money/rupees.ts'
import { type Fact, Facts } from '../../show/facts.tsx'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { MemberLink } from '../../show/member-link.tsx'

type What = Answer<'/booking/payments/{id}/refund_preview/'>

/** What giving money back brings about, as the server has decided it for now. */
export function Consequences({ consequences, error }: { consequences: What | undefined; error: Error | null }) {
  if (error) return <Failure error={error} />
  if (!consequences) return <Loading rows={3} />
  return (
    <Box component="section" aria-label="What follows">
      <Typography variant="subtitle2" component="h3" sx={{ mb: 1 }}>
        What follows
      </Typography>
      <Stack spacing={1.5}>
        <Facts facts={[...goesTo(consequences), ...bonusesOf(consequences), ...bookingOf(consequences)]} />
        {consequences.is_active_buyer && !consequences.stays_active_buyer && (
          <Alert severity="warning">
            The member is no longer an Active Buyer afterwards.
            {consequences.pairs_at_risk > 0 && ` ${pairsSentence(consequences)}`}
          </Alert>
        )}
      </Stack>
    </Box>
  )
}

const isSome = (amount: string) => amount !== '0.00'

function goesTo({ user, to_wallet, recovered, to_emi_reserve }: What): Fact[] {
  const facts: Fact[] = [
    ['Whose', <MemberLink key="member" id={user} />],
    ['Into the wallet', <Money key="wallet" amount={to_wallet} />],
  ]
  if (isSome(recovered)) facts.push(['Pays off what is owed', <Money key="recovered" amount={recovered} />])
  if (isSome(to_emi_reserve)) facts.push(['Into the EMI reserve', <Money key="reserve" amount={to_emi_reserve} />])
  return facts
}

function bonusesOf({ bonuses }: What): Fact[] {
  if (bonuses.length === 0) return [['Bonuses taken back', 'None']]
  return bonuses.map(({ payment, referrer, amount, becomes_owed }) => [
    `Bonus of payment ${payment}`,
    <>
      <Money amount={`-${amount}`} /> from <MemberLink id={referrer} />
      {isSome(becomes_owed) && `, of which ${inr(becomes_owed)} is not there and becomes owed`}
    </>,
  ])
}

const bookingOf = ({ booking }: What): Fact[] => [
  ['Booking afterwards', `${booking.status}, ${inr(booking.total_paid)} paid, ${inr(booking.remaining_amount)} to pay`],
]

function pairsSentence({ pairs_at_risk, pairs_earning }: What): string {
  return pairs_at_risk === 1
    ? `One pair that stands on the member is reversed, and its earning of ${inr(pairs_earning)} is taken back.`
    : `${pairs_at_risk} pairs that stand on the member are reversed, and their earnings of ${inr(pairs_earning)} are taken back.`
}
