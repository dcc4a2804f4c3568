import { hasPair, type NetworkState } from './network-state.ts'
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
  columns.changed[root.seq] = 1
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
  columns.changed[seq] = 1
}

/** Places a member and counts it for every ancestor. Answers the ancestors that can pair now, nearest first, with so many pairs a month. */
export function placeMember(state: NetworkState, placement: Placement, monthlyLimit: number): number[] {
  attach(state, placement)
  updateOpen(state.columns, placement.parent)
  return countPlaced(state, placement.seq, monthlyLimit)
}

/** The one loop whose length is the member's depth: in a chain of 100,000 it is most of what a placement costs in memory. */
function countPlaced({ columns, queues }: NetworkState, member: number, monthlyLimit: number): number[] {
  const { position, team, qualified, changed, passed, pairable, pairsThisMonth } = columns
  const counts = columns.isQualified[member]!
  const parent = position[member]! >> 1
  const ready: number[] = []
  for (let leg = position[member]!; leg !== 0; leg = position[leg >> 1]!) {
    team[leg]! += 1
    qualified[leg]! += counts
    changed[leg >> 1] = 1
    if (parent <= passed[leg]!) queues.placedBelowPassed(leg, member)
    // One that does not count changes nobody's pairs.
    if (counts === 0) continue
    const ancestor = leg >> 1
    if (pairable[ancestor] === 0 && hasPair(columns, ancestor)) pairable[ancestor] = 1
    if (pairable[ancestor] === 1 && pairsThisMonth[ancestor]! < monthlyLimit) ready.push(ancestor)
  }
  return ready
}
