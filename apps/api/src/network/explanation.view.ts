import type { PairExplanation } from '@ev/application'
import type { teams } from '@ev/db'
import type { CompensationPlan } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees, signedRupees } from '../http/index.ts'
import { memberName } from './node.view.ts'
import { pairView, toPairView } from './pair.view.ts'

/** A member of a pair: `sequence` is the place in the order of placement, `counted_since` when the member began to count for pairs. */
const pairedMember = z.object({
  node: idNumber,
  user: idNumber,
  user_name: z.string(),
  sequence: z.int(),
  level: z.int(),
  placed_at: instant,
  counted_since: instant.nullable(),
})

export const journalLine = z.object({
  account: z.string(),
  user: idNumber.nullable(),
  booking: idNumber.nullable(),
  amount: signedRupees,
})

export function toJournalLine(line: {
  accountKind: string
  userId: number | null
  bookingId: number | null
  amount: bigint
}): z.output<typeof journalLine> {
  return { account: line.accountKind, user: line.userId, booking: line.bookingId, amount: line.amount }
}

/** A leg of the earner as it is now: its members, how many of them count for pairs, and how many are in pairs or flushed. */
const leg = z.object({ team: z.int(), qualified: z.int(), consumed: z.int() })

const postedEntry = z
  .object({ id: idNumber, key: z.string(), created_at: instant, lines: z.array(journalLine) })
  .nullable()

/**
 * Why a pair was made, and why it was reversed if it was. `arithmetic` follows from the plan `plan_version`: `earning` = `net_amount` +
 * `emi_deducted`. The lines of a journal entry sum to zero; money that an account receives is positive.
 */
export const explanationView = z
  .object({
    pair: pairView,
    left: pairedMember,
    right: pairedMember,
    ordinal: z.int(),
    month: z.string(),
    pair_of_month: z.int(),
    monthly_limit: z.int(),
    left_leg: leg.nullable(),
    right_leg: leg.nullable(),
    rule: z.array(z.string()),
    plan_version: z.int(),
    arithmetic: z.object({
      earning: rupees,
      grace_pairs: z.int(),
      is_grace_pair: z.boolean(),
      was_active_buyer: z.boolean(),
      emi_deduction_percent: z.string(),
      emi_deducted: rupees,
      net_amount: rupees,
    }),
    journal_entry: postedEntry,
    reversal_entry: postedEntry,
  })
  .meta({ id: 'PairExplanation' })

export function toExplanationView(explanation: PairExplanation): z.output<typeof explanationView> {
  const { pair, plan, left, right, parts, legs, earning } = explanation
  const entry = earning?.journalEntry
  return {
    pair: toPairView(pair),
    left: toPairedMember(left),
    right: toPairedMember(right),
    ordinal: pair.pairNumber,
    month: pair.month,
    pair_of_month: explanation.ordinalInMonth,
    monthly_limit: plan.monthlyPairLimit,
    left_leg: legs && { team: legs.leftTeam, qualified: legs.leftQualified, consumed: legs.leftConsumed },
    right_leg: legs && { team: legs.rightTeam, qualified: legs.rightQualified, consumed: legs.rightConsumed },
    rule: rulesOf(explanation),
    plan_version: plan.version,
    arithmetic: {
      earning: pair.earningAmount,
      grace_pairs: plan.gracePairs,
      is_grace_pair: pair.pairNumber <= plan.gracePairs,
      was_active_buyer: pair.isActiveBuyer,
      emi_deduction_percent: percent(plan.emiDeductionBps),
      emi_deducted: parts.emi,
      net_amount: parts.wallet,
    },
    journal_entry: entry ? toPostedEntry(entry) : null,
    reversal_entry: entry?.reversedBy ? toPostedEntry(entry.reversedBy) : null,
  }
}

type Entry = NonNullable<PairExplanation['earning']>['journalEntry']

function toPostedEntry({ id, key, createdAt, lines }: Omit<Entry, 'reversedBy'>): z.output<typeof postedEntry> {
  return {
    id,
    key,
    created_at: createdAt,
    lines: lines.map(toJournalLine),
  }
}

function toPairedMember({ seq, user, level, placedAt, qualifiedAt }: teams.TeamMember): z.output<typeof pairedMember> {
  return {
    node: seq,
    user: user.id,
    user_name: memberName(user),
    sequence: seq,
    level,
    placed_at: placedAt,
    counted_since: qualifiedAt,
  }
}

function rulesOf({ pair, plan, reversalReasons }: PairExplanation): string[] {
  return [
    'A pair is one member of the left leg and one of the right leg who were in no standing pair of yours: of each leg the one placed earliest among those who count.',
    countsWhen[plan.pairEligibility],
    `At most ${plan.monthlyPairLimit} pairs are made in a calendar month in India; this is pair ${pair.pairNumber} of your life and belongs to ${pair.month}.`,
    shareRule(pair, plan),
    ...reversalReasons,
  ]
}

const countsWhen: Readonly<Record<CompensationPlan['pairEligibility'], string>> = {
  placed: 'A member counts from the moment of being placed.',
  qualified_sale: 'A member counts from the moment of becoming an Active Buyer, for as long as it is one.',
}

function shareRule(pair: PairExplanation['pair'], plan: CompensationPlan): string {
  if (pair.pairNumber <= plan.gracePairs) {
    return `The first ${plan.gracePairs} pairs reach the wallet in full.`
  }
  if (pair.isActiveBuyer) {
    return `After the first ${plan.gracePairs} pairs those of an Active Buyer reach the wallet in full, and you were one when this pair was matched.`
  }
  const share = percent(plan.emiDeductionBps)
  return `After the first ${plan.gracePairs} pairs ${share} % go to your EMI (the oldest open EMI booking, else the EMI reserve) unless you are an Active Buyer, and you were none when this pair was matched.`
}

/** Basis points as a percentage without needless decimals: 2000 is `20`, 250 is `2.5`. */
function percent(basisPoints: number): string {
  return String(basisPoints / 100)
}
