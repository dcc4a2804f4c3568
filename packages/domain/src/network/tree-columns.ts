import { DomainError } from '../errors.ts'
import { createNodeSet, type NodeSet } from './node-set.ts'
import type { Side } from './placement.ts'

/**
 * The tree as parallel columns of numbers, so that a million members fit in memory and a walk to the root touches little of it.
 *
 * A node is a member's placement sequence number; 0 is nobody, so a zero in any column means "none".
 * A leg is 2 × node for the left and 2 × node + 1 for the right, so `leg >> 1` is the node above and `leg & 1` its side.
 * A parent is always placed before its children, so node numbers only grow on the way down.
 */
export type TreeColumns = {
  size: number

  // One value for each node.
  /** The leg that the node hangs in; 0 for a root. */
  position: Int32Array
  sponsor: Int32Array
  depth: Int32Array
  /** The depth of the shallowest free slot in the node's subtree. */
  open: Int32Array
  isQualified: Uint8Array
  pairsMade: Int32Array
  pairsThisMonth: Int32Array
  /** The nodes whose legs hold something that was not handed out for writing since it changed. */
  readonly changed: NodeSet
  /** Where the next search for a change begins. */
  changedFrom: number

  // One value for each leg.
  child: Int32Array
  /** These two are true for a leg once its node is settled: see `UplinePaths`. */
  team: Int32Array
  qualified: Int32Array
  consumed: Int32Array
  /** The newest member of the leg that the search for the oldest unmatched one has gone past. */
  passed: Int32Array
}

export function createColumns(capacity: number): TreeColumns {
  const nodes = Math.max(capacity, 1) + 1
  const perNode = () => new Int32Array(nodes)
  const perLeg = () => new Int32Array(2 * nodes)
  return {
    size: 0,
    position: perNode(),
    sponsor: perNode(),
    depth: perNode(),
    open: perNode(),
    isQualified: new Uint8Array(nodes),
    pairsMade: perNode(),
    pairsThisMonth: perNode(),
    changed: createNodeSet(nodes),
    changedFrom: 1,
    child: perLeg(),
    team: perLeg(),
    qualified: perLeg(),
    consumed: perLeg(),
    passed: perLeg(),
  }
}

/** Takes the next node into the columns, doubling them when they are full. The sequence is dense, so any other number is a fault. */
export function appendNode(columns: TreeColumns, node: number): void {
  if (node !== columns.size + 1) throw new Error(`Placement ${node} does not follow placement ${columns.size}.`)
  if (node >= columns.position.length) doubleColumns(columns)
  columns.size = node
}

function doubleColumns(columns: TreeColumns): void {
  columns.isQualified = doubledFlags(columns.isQualified)
  columns.position = doubled(columns.position)
  columns.sponsor = doubled(columns.sponsor)
  columns.depth = doubled(columns.depth)
  columns.open = doubled(columns.open)
  columns.pairsMade = doubled(columns.pairsMade)
  columns.pairsThisMonth = doubled(columns.pairsThisMonth)
  columns.child = doubled(columns.child)
  columns.team = doubled(columns.team)
  columns.qualified = doubled(columns.qualified)
  columns.consumed = doubled(columns.consumed)
  columns.passed = doubled(columns.passed)
}

/** The column with room for twice as many. */
export function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length)
  larger.set(column)
  return larger
}

function doubledFlags(flags: Uint8Array): Uint8Array {
  const larger = new Uint8Array(2 * flags.length)
  larger.set(flags)
  return larger
}

export function legBelow(slot: { parent: number; side: Side }): number {
  return 2 * slot.parent + (slot.side === 'left' ? 0 : 1)
}

export function sideOf(leg: number): Side {
  return (leg & 1) === 0 ? 'left' : 'right'
}

/** The node above, or 0 above a root. */
export function parentOf(columns: TreeColumns, node: number): number {
  return columns.position[node]! >> 1
}

export function unmatchedIn(columns: TreeColumns, leg: number): number {
  return columns.qualified[leg]! - columns.consumed[leg]!
}

/** Refuses a node that is not in the tree: `network.node_not_found`. */
export function requireNode(columns: TreeColumns, node: number): void {
  if (!Number.isInteger(node) || node < 1 || node > columns.size) {
    throw new DomainError('network.node_not_found', { node })
  }
}
