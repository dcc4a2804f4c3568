import type { NetworkState } from './network-state.ts'
import { type LegCounts, legCounts } from './pairing.ts'
import type { Slot } from './placement.ts'
import { parentOf, requireNode, sideOf, type TreeColumns } from './tree-columns.ts'

/** Both legs of a member. */
export type Legs = { readonly left: LegCounts; readonly right: LegCounts }

/** The members directly below, or null where the slot is free. */
export type Children = { readonly left: number | null; readonly right: number | null }

/** One member's place and pairs: `sponsor` and `position` are null where there is none; `depth` is 0 for a root. */
export type NetworkNode = {
  readonly seq: number
  readonly sponsor: number | null
  readonly position: Slot | null
  readonly depth: number
  readonly isQualified: boolean
  readonly pairsMade: number
  readonly pairsThisMonth: number
}

export function readLegs({ columns, paths }: NetworkState, node: number): Legs {
  requireNode(columns, node)
  paths.settle(node)
  return { left: readLeg(columns, 2 * node), right: readLeg(columns, 2 * node + 1) }
}

function readLeg(columns: TreeColumns, leg: number): LegCounts {
  return legCounts({ team: columns.team[leg]!, qualified: columns.qualified[leg]!, consumed: columns.consumed[leg]! })
}

export function readNode(columns: TreeColumns, node: number): NetworkNode {
  requireNode(columns, node)
  const leg = columns.position[node]!
  return {
    seq: node,
    sponsor: columns.sponsor[node]! || null,
    position: leg === 0 ? null : { parent: leg >> 1, side: sideOf(leg) },
    depth: columns.depth[node]!,
    isQualified: columns.isQualified[node] === 1,
    pairsMade: columns.pairsMade[node]!,
    pairsThisMonth: columns.pairsThisMonth[node]!,
  }
}

export function readChildren(columns: TreeColumns, node: number): Children {
  requireNode(columns, node)
  return { left: columns.child[2 * node]! || null, right: columns.child[2 * node + 1]! || null }
}

/** Every member above, the parent first and the root last. */
export function readUpline(columns: TreeColumns, node: number): number[] {
  requireNode(columns, node)
  const upline: number[] = []
  for (let above = parentOf(columns, node); above !== 0; above = parentOf(columns, above)) upline.push(above)
  return upline
}

/** Whether `member` is `root` itself or anywhere below it. Node numbers grow on the way down, so the walk up ends at the first smaller one. */
export function isBelow(columns: TreeColumns, { root, member }: { root: number; member: number }): boolean {
  requireNode(columns, root)
  requireNode(columns, member)
  let node = member
  while (node > root) node = parentOf(columns, node)
  return node === root
}
