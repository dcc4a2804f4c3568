import type { CompensationPlan } from '../plan.ts'

/**
 * What one leg of one member holds. `team`: members in the whole subtree on that side. `qualified`: those of them that count
 * for pairs. `consumed`: those of the qualified that this member has used, in a pair that stands or in a flush. `unmatched` =
 * qualified − consumed.
 */
export type LegCounts = {
  readonly team: number
  readonly qualified: number
  readonly consumed: number
  readonly unmatched: number
}

/** How many pairs a member may make in one calendar month (IST). */
export type MatchRules = { readonly monthlyLimit: number }

/** What happens to unmatched members when a month ends, and the limit of the month that begins. */
export type MonthRules = MatchRules & { readonly pairCap: CompensationPlan['pairCap'] }

/** One pair of `earner`: lifetime `ordinal` (1, 2, 3 … without gaps), the member of each leg, and the IST month `YYYY-MM`. */
export type PairDecision = {
  readonly earner: number
  readonly ordinal: number
  readonly left: number
  readonly right: number
  readonly month: string
}

/** A pair as it is stored. A reversed one keeps its ordinal and its place in the month's limit, and has given its members back. */
export type PairRecord = PairDecision & { readonly isReversed: boolean }

/** What a member is used for by those above: the standing pairs, each with its other member, and the earners whose flush took the member. */
export type MemberUse = {
  readonly pairs: readonly { readonly earner: number; readonly partner: number }[]
  readonly flushedBy: readonly number[]
}

/** What `earner` lost at the end of `month`: the same number of members of each leg, oldest first. */
export type FlushDecision = {
  readonly earner: number
  readonly month: string
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/** The counts of one leg, with what is still unmatched. */
export function legCounts({
  team,
  qualified,
  consumed,
}: {
  team: number
  qualified: number
  consumed: number
}): LegCounts {
  return { team, qualified, consumed, unmatched: qualified - consumed }
}

/** How many pairs can be made now: one unmatched member of each leg for each, and never more than what the month still allows. */
export function pairsPossible(
  unmatched: { left: number; right: number },
  month: { limit: number; pairsMade: number },
): number {
  return Math.max(0, Math.min(unmatched.left, unmatched.right, month.limit - month.pairsMade))
}
