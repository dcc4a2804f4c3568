import { forgetLost, hasPair, type NetworkState, rememberLost } from './network-state.ts'
import type { MemberUse } from './pairing.ts'
import { requireNode } from './tree-columns.ts'

/**
 * The member counts for every ancestor from now on, at its place by placement sequence. Whoever lost it in a flush before does not get
 * it back. Answers the ancestors that can pair now, nearest first, with so many pairs a month; none if it counted already.
 */
export function qualifyMember(state: NetworkState, member: number, monthlyLimit: number): number[] {
  const { columns, queues } = state
  requireNode(columns, member)
  if (columns.isQualified[member] === 1) return []
  columns.isQualified[member] = 1
  const ready: number[] = []
  for (let leg = columns.position[member]!; leg !== 0; leg = columns.position[leg >> 1]!) {
    columns.qualified[leg]! += 1
    columns.changed[leg >> 1] = 1
    if (forgetLost(state, leg, member)) columns.consumed[leg]! += 1
    else queues.memberAvailable(leg, member)
    const ancestor = leg >> 1
    columns.pairable[ancestor] = hasPair(columns, ancestor) ? 1 : 0
    if (columns.pairable[ancestor] === 1 && columns.pairsThisMonth[ancestor]! < monthlyLimit) ready.push(ancestor)
  }
  return ready
}

/**
 * The member counts for nobody from now on. The standing pairs that used it are undone: their other members are free again at their own
 * places. `use` must be all that it is used for; a use that does not lie above the member is a fault. Answers the ancestors that hold a
 * pair now because a member of theirs is free, nearest first; none if the member did not count.
 */
export function disqualifyMember(state: NetworkState, member: number, use: MemberUse): number[] {
  const { columns, queues } = state
  requireNode(columns, member)
  if (columns.isQualified[member] === 0) return []
  const partners = new Map(use.pairs.map(({ earner, partner }) => [earner, partner]))
  const flushedBy = new Set(use.flushedBy)
  const ready: number[] = []
  columns.isQualified[member] = 0
  for (let leg = columns.position[member]!; leg !== 0; leg = columns.position[leg >> 1]!) {
    const earner = leg >> 1
    const partner = partners.get(earner)
    columns.qualified[leg]! -= 1
    columns.changed[earner] = 1
    if (partner !== undefined) {
      const otherLeg = leg ^ 1
      columns.consumed[leg]! -= 1
      columns.consumed[otherLeg]! -= 1
      queues.memberAvailable(otherLeg, partner)
      partners.delete(earner)
    } else if (flushedBy.delete(earner)) {
      columns.consumed[leg]! -= 1
      rememberLost(state, leg, member)
    }
    columns.pairable[earner] = hasPair(columns, earner) ? 1 : 0
    if (columns.pairable[earner] === 1 && partner !== undefined) ready.push(earner)
  }
  if (partners.size + flushedBy.size > 0) throw new Error(`Member ${member} is used by someone who is not above.`)
  return ready
}
