import type { Side, Slot } from './placement.ts'
import { legBelow, parentOf, sideOf, type TreeColumns } from './tree-columns.ts'

/**
 * The first free slot in level order below the sponsor, or inside the leg that was asked for: the shallowest, and of those the
 * leftmost. Each step goes towards the smaller `open`, left on ties, so it takes at most log2(subtree + 1) steps in any shape of tree.
 */
export function findOpenSlot(columns: TreeColumns, sponsor: number, side: Side | undefined): Slot {
  if (side === undefined) return descend(columns, sponsor)
  const child = columns.child[legBelow({ parent: sponsor, side })]!
  return child === 0 ? { parent: sponsor, side } : descend(columns, child)
}

function descend(columns: TreeColumns, from: number): Slot {
  let node = from
  for (;;) {
    const left = columns.child[2 * node]!
    const right = columns.child[2 * node + 1]!
    if (left === 0) return { parent: node, side: sideOf(0) }
    if (right === 0) return { parent: node, side: sideOf(1) }
    node = columns.open[left]! <= columns.open[right]! ? left : right
  }
}

/** The depth of the shallowest free slot below the node, from what its children say. */
export function shallowestOpen(columns: TreeColumns, node: number): number {
  const left = columns.child[2 * node]!
  const right = columns.child[2 * node + 1]!
  if (left === 0 || right === 0) return columns.depth[node]! + 1
  return Math.min(columns.open[left]!, columns.open[right]!)
}

/** Brings `open` up to date after a slot of `node` was taken. It stops at the first ancestor that does not change: at most log2(n + 1) steps. */
export function updateOpen(columns: TreeColumns, node: number): void {
  for (let above = node; above !== 0; above = parentOf(columns, above)) {
    const open = shallowestOpen(columns, above)
    if (open === columns.open[above]) return
    columns.open[above] = open
  }
}
