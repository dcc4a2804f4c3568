import type { NetworkState } from './network-state.ts'
import { updateOpen } from './open-slots.ts'
import type { Placement } from './placement.ts'
import { appendNode, legBelow, requireNode } from './tree-columns.ts'

/** Adds a member without a parent. It counts for nobody, qualified or not. */
export function addRoot(
  { columns, paths }: NetworkState,
  root: { seq: number; sponsor: number | null; qualified: boolean },
): void {
  appendNode(columns, root.seq)
  paths.append(root.seq, 0)
  columns.sponsor[root.seq] = root.sponsor ?? 0
  columns.open[root.seq] = 1
  columns.isQualified[root.seq] = root.qualified ? 1 : 0
  columns.changed.add(root.seq)
}

/** Attaches a member to the tree's columns without telling the ancestors. Refuses an unknown parent or sponsor; a taken slot is a fault. */
export function attach({ columns, paths }: NetworkState, placement: Placement): void {
  const { seq, sponsor, parent, side, qualified } = placement
  requireNode(columns, parent)
  requireNode(columns, sponsor)
  const leg = legBelow(placement)
  if (columns.child[leg] !== 0) throw new Error(`The ${side} slot below ${parent} is taken by ${columns.child[leg]}.`)
  appendNode(columns, seq)
  paths.append(seq, leg)
  columns.position[seq] = leg
  columns.sponsor[seq] = sponsor
  columns.depth[seq] = columns.depth[parent]! + 1
  columns.open[seq] = columns.depth[seq]! + 1
  columns.isQualified[seq] = qualified ? 1 : 0
  columns.child[leg] = seq
  columns.changed.add(seq)
}

/** Places a member and counts it for every ancestor. Answers the ancestors that can pair now, nearest first. */
export function placeMember(state: NetworkState, placement: Placement): number[] {
  const { columns, paths, queues } = state
  const { seq, parent } = placement
  attach(state, placement)
  updateOpen(columns, parent)
  const leg = columns.position[seq]!
  const counts = columns.isQualified[seq]!
  paths.add(leg, { team: 1, qualified: counts })
  // One that does not count changes nobody's pairs. A search that went past the parent will not come to the member from there again.
  const { ready, passed } = paths.concerned(leg, { member: parent, ready: counts === 1 })
  for (const above of passed) queues.placedBelowPassed(above, seq)
  return ready
}
