import { isPairable, type NetworkState } from './network-state.ts'
import { updateOpen } from './open-slots.ts'
import type { Placement } from './placement.ts'
import { appendNode, legBelow, requireNode } from './tree-columns.ts'

/** Adds a member without a parent. It counts for nobody, qualified or not. */
export function addRoot(
  { columns }: NetworkState,
  root: { seq: number; sponsor: number | null; qualified: boolean },
): void {
  appendNode(columns, root.seq)
  columns.sponsor[root.seq] = root.sponsor ?? 0
  columns.open[root.seq] = 1
  columns.isQualified[root.seq] = root.qualified ? 1 : 0
}

/** Attaches a member to the tree's columns without telling the ancestors. Refuses an unknown parent or sponsor; a taken slot is a fault. */
export function attach({ columns }: NetworkState, placement: Placement): void {
  const { seq, sponsor, parent, side, qualified } = placement
  requireNode(columns, parent)
  requireNode(columns, sponsor)
  const leg = legBelow(placement)
  if (columns.child[leg] !== 0) throw new Error(`The ${side} slot below ${parent} is taken by ${columns.child[leg]}.`)
  appendNode(columns, seq)
  columns.position[seq] = leg
  columns.sponsor[seq] = sponsor
  columns.depth[seq] = columns.depth[parent]! + 1
  columns.open[seq] = columns.depth[seq]! + 1
  columns.isQualified[seq] = qualified ? 1 : 0
  columns.child[leg] = seq
}

/** Places a member and counts it for every ancestor. Answers the ancestors that hold a pair now, nearest first. */
export function placeMember(state: NetworkState, placement: Placement): number[] {
  attach(state, placement)
  updateOpen(state.columns, placement.parent)
  return countPlaced(state, placement.seq)
}

function countPlaced(state: NetworkState, member: number): number[] {
  const { columns, queues } = state
  const qualified = columns.isQualified[member]!
  const ready: number[] = []
  for (let leg = columns.position[member]!; leg !== 0; leg = columns.position[leg >> 1]!) {
    columns.team[leg]! += 1
    columns.qualified[leg]! += qualified
    queues.memberPlaced(leg, member)
    // One that does not count changes nobody's pairs.
    if (qualified === 1 && isPairable(columns, leg >> 1)) ready.push(leg >> 1)
  }
  for (const ancestor of ready) state.pairable.add(ancestor)
  return ready
}
