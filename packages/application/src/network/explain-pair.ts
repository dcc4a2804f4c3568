import { earnings, network, plans, teams } from '@ev/db'
import { type CompensationPlan, type Paise, pairCredit } from '@ev/domain'
import { type Actor, type Deps, ownedBy } from '../deps.ts'
import { reversalReasons } from './reversal-reasons.ts'

/** Why a pair was made, what became of its earning, and why it was reversed if it was. */
export type PairExplanation = {
  readonly pair: network.PairRow
  readonly plan: CompensationPlan
  /** The members of the pair at their places; `qualifiedAt` is when each began to count. */
  readonly left: teams.TeamMember
  readonly right: teams.TeamMember
  /** Which of the pairs of its month it is, from 1. */
  readonly ordinalInMonth: number
  /** What the earner's legs hold now; null without a place. */
  readonly legs: network.LegsRow | null
  /** How the plan divides the earning. */
  readonly parts: { readonly wallet: Paise; readonly emi: Paise }
  /** What was posted; null until the pair is credited. */
  readonly earning: earnings.EarningWithEntry | null
  /** Why it was reversed; empty while it stands. */
  readonly reversalReasons: readonly string[]
}

/** Explains a pair to its earner or to staff. Refuses with `pair.not_found`. */
export async function explainPair(
  { db: { read } }: { readonly db: Pick<Deps['db'], 'read'> },
  { actor, pairId }: { actor: Actor; pairId: number },
): Promise<PairExplanation> {
  const pair = await network.getPair(read, pairId, { ownedBy: ownedBy(actor) })
  const [plan, left, right, earning, ordinalInMonth, node] = await Promise.all([
    plans.version(read, pair.planVersion),
    placedMember(pair.leftUserId),
    placedMember(pair.rightUserId),
    earnings.findOfPair(read, pairId),
    network.ordinalInMonth(read, pair),
    network.findNodeOf(read, pair.userId),
  ])
  const { earningAmount, pairNumber, isActiveBuyer } = pair
  const parts = pairCredit({ earning: earningAmount, pairNumber, isActiveBuyer }, plan)
  return {
    pair,
    plan,
    left,
    right,
    ordinalInMonth,
    legs: node?.legs ?? null,
    parts,
    earning,
    reversalReasons: reversalReasons(pair),
  }

  async function placedMember(userId: number): Promise<teams.TeamMember> {
    const [found] = await teams.findBySeq(read, [(await teams.seqOf(read, userId))!])
    return found!
  }
}
