import { type NetworkState, pairableNodes, requireMonth } from './network-state.ts'
import type { FlushDecision, MatchRules, MonthRules, PairDecision } from './pairing.ts'
import { pairsPossible } from './pairing.ts'
import { requireNode, unmatchedIn } from './tree-columns.ts'

/** What entering a month decides: the flushes of the month that ended, then the pairs of the new one; both by earner's sequence. */
export type MonthRoll = { readonly flushes: readonly FlushDecision[]; readonly pairs: readonly PairDecision[] }

/** Makes every pair that `earner` can make under what is left of the month's limit, in the order of their ordinals. */
export function matchNode(state: NetworkState, earner: number, rules: MatchRules): PairDecision[] {
  const { columns, paths } = state
  requireNode(columns, earner)
  paths.settle(earner)
  const possible = pairsPossible(unmatchedLegs(state, earner), {
    limit: rules.monthlyLimit,
    pairsMade: columns.pairsThisMonth[earner]!,
  })
  const pairs: PairDecision[] = []
  for (let made = 0; made < possible; made += 1) {
    const { left, right } = consumeOldest(state, earner)
    columns.pairsMade[earner]! += 1
    columns.pairsThisMonth[earner]! += 1
    pairs.push({ earner, ordinal: columns.pairsMade[earner]!, left, right, month: state.month })
  }
  if (pairs.length === 0) return pairs
  columns.changed.add(earner)
  paths.renew(earner)
  return pairs
}

/**
 * Enters a later month. Under `flush`, what could still be paired is taken from both legs at once, and this answers it. Under `carry_forward` those
 * who can pair are due: `matchDue` pairs them under the new month's limit, and whoever's legs change before is matched as always. The same or an
 * earlier month changes nothing: a clock that steps back reopens no month.
 */
export function enterMonth(
  state: NetworkState,
  month: string,
  { pairCap }: Pick<MonthRules, 'pairCap'>,
): FlushDecision[] {
  requireMonth(month)
  if (month <= state.month) return []
  // A new month concerns everybody.
  state.paths.dissolve()
  const waiting = pairableNodes(state)
  const flushes: FlushDecision[] = []
  if (pairCap === 'flush') for (const earner of waiting) flushes.push(flushNode(state, earner))
  state.month = month
  state.columns.pairsThisMonth.fill(0)
  state.due = pairCap === 'carry_forward' ? waiting : new Int32Array(0)
  state.dueFrom = 0
  return flushes
}

/** Makes the pairs of those who are due, by earner's sequence. It stops behind the one with whom there are `most` pairs or more. */
export function matchDue(state: NetworkState, { most, ...rules }: MatchRules & { most: number }): PairDecision[] {
  const pairs: PairDecision[] = []
  for (; hasDue(state) && pairs.length < most; state.dueFrom += 1) {
    for (const pair of matchNode(state, state.due[state.dueFrom]!, rules)) pairs.push(pair)
  }
  return pairs
}

export function hasDue({ due, dueFrom }: NetworkState): boolean {
  return dueFrom < due.length
}

/** Enters a month and matches everybody at once. */
export function rollMonth(state: NetworkState, month: string, rules: MonthRules): MonthRoll {
  const flushes = enterMonth(state, month, rules)
  return { flushes, pairs: matchDue(state, { ...rules, most: Number.POSITIVE_INFINITY }) }
}

function flushNode(state: NetworkState, earner: number): FlushDecision {
  const unmatched = unmatchedLegs(state, earner)
  const left: number[] = []
  const right: number[] = []
  for (let taken = Math.min(unmatched.left, unmatched.right); taken > 0; taken -= 1) {
    const oldest = consumeOldest(state, earner)
    left.push(oldest.left)
    right.push(oldest.right)
  }
  state.columns.changed.add(earner)
  return { earner, month: state.month, left, right }
}

function consumeOldest({ columns, queues }: NetworkState, earner: number): { left: number; right: number } {
  const leftLeg = 2 * earner
  const rightLeg = leftLeg + 1
  columns.consumed[leftLeg]! += 1
  columns.consumed[rightLeg]! += 1
  return { left: queues.takeOldest(leftLeg), right: queues.takeOldest(rightLeg) }
}

function unmatchedLegs({ columns }: NetworkState, earner: number): { left: number; right: number } {
  return { left: unmatchedIn(columns, 2 * earner), right: unmatchedIn(columns, 2 * earner + 1) }
}
