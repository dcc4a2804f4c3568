import { isPairable, type NetworkState, requireMonth } from './network-state.ts'
import type { FlushDecision, MatchRules, MonthRules, PairDecision } from './pairing.ts'
import { pairsPossible } from './pairing.ts'
import { requireNode, unmatchedIn } from './tree-columns.ts'

/** What entering a month decides: the flushes of the month that ended, then the pairs of the new one; both by earner's sequence. */
export type MonthRoll = { readonly flushes: readonly FlushDecision[]; readonly pairs: readonly PairDecision[] }

/** Makes every pair that `earner` can make under what is left of the month's limit, in the order of their ordinals. */
export function matchNode(state: NetworkState, earner: number, rules: MatchRules): PairDecision[] {
  const { columns } = state
  requireNode(columns, earner)
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
  if (!isPairable(columns, earner)) state.pairable.delete(earner)
  return pairs
}

/**
 * Enters a later month. Under `flush`, what could still be paired is taken from both legs first; under `carry_forward` it is
 * paired under the new month's limit. The same or an earlier month changes nothing: a clock that steps back reopens no month.
 */
export function rollMonth(state: NetworkState, month: string, rules: MonthRules): MonthRoll {
  requireMonth(month)
  if (month <= state.month) return { flushes: [], pairs: [] }
  const waiting = Int32Array.from(state.pairable).sort()
  const flushes: FlushDecision[] = []
  if (rules.pairCap === 'flush') {
    for (const earner of waiting) flushes.push(flushNode(state, earner))
  }
  state.month = month
  state.columns.pairsThisMonth.fill(0)
  const pairs: PairDecision[] = []
  if (rules.pairCap === 'carry_forward') {
    for (const earner of waiting) pairs.push(...matchNode(state, earner, rules))
  }
  return { flushes, pairs }
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
  state.pairable.delete(earner)
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
