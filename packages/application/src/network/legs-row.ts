import type { network } from '@ev/db'
import type { NetworkIndex } from '@ev/domain'

/** What readers are told about a member's legs. */
export function legsRow(index: NetworkIndex, seq: number): network.LegsRow {
  const { left, right } = index.legs(seq)
  const { pairsMade, pairsThisMonth } = index.node(seq)
  return {
    seq,
    leftTeam: left.team,
    rightTeam: right.team,
    leftQualified: left.qualified,
    rightQualified: right.qualified,
    leftConsumed: left.consumed,
    rightConsumed: right.consumed,
    pairsMatched: pairsMade,
    pairsMonth: index.month(),
    pairsThisMonth,
  }
}
