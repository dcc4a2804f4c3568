import { forgetLost, hasPair, type NetworkState, rememberLost } from './network-state.ts'
import type { MemberUse } from './pairing.ts'
import { requireNode } from './tree-columns.ts'

/**
 * The member counts for every ancestor from now on, at its place by placement sequence. Whoever lost it in a flush before does not get
 * it back. Answers the ancestors that can pair now, nearest first; none if it counted already.
 */
export function qualifyMember(state: NetworkState, member: number): number[] {
  const { columns, paths, queues } = state
  requireNode(columns, member)
  if (columns.isQualified[member] === 1) return []
  columns.isQualified[member] = 1
  const leg = columns.position[member]!
  if (leg === 0) return []
  paths.add(leg, { team: 0, qualified: 1 })
  const { ready, passed } = paths.concerned(leg, { member, ready: true })
  const lost = forgetLost(state, member)
  for (const above of lost) columns.consumed[above]! += 1
  for (const above of passed) if (!lost.has(above)) queues.memberAvailable(above, member)
  return ready
}

/**
 * The member counts for nobody from now on. The standing pairs that used it are undone: their other members are free again at their own
 * places. `use` must be all that it is used for; a use that does not lie above the member, or a second one by the same earner, is a fault. Answers the ancestors that hold a
 * pair now because a member of theirs is free, nearest first; none if the member did not count.
 */
export function disqualifyMember(state: NetworkState, member: number, use: MemberUse): number[] {
  const { columns, paths, queues } = state
  requireNode(columns, member)
  if (columns.isQualified[member] === 0) return []
  columns.isQualified[member] = 0
  const hangsIn = columns.position[member]!
  if (hangsIn !== 0) paths.add(hangsIn, { team: 0, qualified: -1 })
  const users = new Set<number>()
  const legUsed = (earner: number) => {
    if (users.has(earner)) throw new Error(`Member ${member} is used by ${earner} twice.`)
    users.add(earner)
    const leg = hangsIn === 0 ? 0 : paths.legAbove(earner, hangsIn)
    if (leg === 0) throw new Error(`Member ${member} is used by ${earner}, who is not above.`)
    return leg
  }
  const ready: number[] = []
  for (const { earner, partner } of use.pairs) {
    const leg = legUsed(earner)
    columns.consumed[leg]! -= 1
    columns.consumed[leg ^ 1]! -= 1
    queues.memberAvailable(leg ^ 1, partner)
    paths.settle(earner)
    paths.renew(earner)
    if (hasPair(columns, earner)) ready.push(earner)
  }
  for (const earner of use.flushedBy) {
    const leg = legUsed(earner)
    columns.consumed[leg]! -= 1
    rememberLost(state, leg, member)
  }
  return ready.sort((a, b) => b - a)
}
