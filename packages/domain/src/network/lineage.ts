import { DomainError } from '../errors.ts'
import type { Side } from './placement.ts'
import { doubled, legBelow, sideOf } from './tree-columns.ts'

/** What a lineage takes of a placement; both are null for a root. */
export type LineageRecord = { readonly seq: number; readonly parent: number | null; readonly side: Side | null }

/** The members below `root`, in both legs or in the one that is named. */
export type Team = { readonly root: number; readonly side?: Side | undefined }

/**
 * The shape of the tree for those who read it: who is below whom, exactly and fast in any shape of tree. It knows positions only, which
 * never change once they are taken, so it is brought up to date by appending what was placed since. 24 bytes a member.
 *
 * Members are named by their dense placement sequence number. Every function that is given one that is not in the tree refuses with
 * `network.node_not_found`.
 *
 * A team is walked in the order of a family tree: each member before those below, the left leg before the right one. A later
 * placement moves nobody in it, so a walk that goes on after the last member it has shown shows none twice and leaves none out.
 */
export type Lineage = {
  /** How many members are placed, which is also the newest sequence number. */
  size(): number
  /** Takes the placements that follow those it has, in order. A gap in the sequence is a fault. */
  append(placements: readonly LineageRecord[]): void
  /** 0 for a root. */
  depthOf(member: number): number
  /** Whether `member` is `root` or anywhere below it, in steps that grow with the logarithm of the depth. */
  isInSubtree(pair: { root: number; member: number }): boolean
  /** The member of the upline at `depth`, or the member itself at its own; one below it is a fault. */
  ancestorAt(place: { member: number; depth: number }): number
  /** In which leg of `root` a member below it is; null when it is `root` itself or not below it. */
  legOf(pair: { root: number; member: number }): Side | null
  /** How many members a team has. */
  teamSize(team: Team): number
  /** Members of a team in walking order: at most `take` after the member `after`, or after the first `skip`. */
  walk(team: Team, page: { take: number } & ({ after: number } | { skip: number })): number[]
}

/** The columns by member; 0 is nobody. `position` is the leg that the member hangs in, as in `TreeColumns`. */
type Columns = {
  size: number
  position: Int32Array
  depth: Int32Array
  /** A member further up, chosen so that any of the upline is reached in O(log depth) jumps; a root's is the root. */
  jump: Int32Array
  /** The members of the subtree, this one included. */
  below: Int32Array
  /** By leg: 2 × member for the left, one more for the right. */
  child: Int32Array
}

const firstCapacity = 1024

export function createLineage(): Lineage {
  const columns: Columns = {
    size: 0,
    position: new Int32Array(firstCapacity),
    depth: new Int32Array(firstCapacity),
    jump: new Int32Array(firstCapacity),
    below: new Int32Array(firstCapacity),
    child: new Int32Array(2 * firstCapacity),
  }
  const known = (member: number) => requireMember(columns, member)
  const isInSubtree = ({ root, member }: { root: number; member: number }) => {
    const depth = columns.depth[known(root)]!
    return columns.depth[known(member)]! >= depth && climb(columns, member, depth) === root
  }
  return {
    size: () => columns.size,
    append: (placements) => append(columns, placements),
    depthOf: (member) => columns.depth[known(member)]!,
    isInSubtree,
    ancestorAt({ member, depth }) {
      if (depth > columns.depth[known(member)]! || depth < 0) throw new Error(`${member} has nobody above at ${depth}.`)
      return climb(columns, member, depth)
    },
    legOf({ root, member }) {
      if (root === member || !isInSubtree({ root, member })) return null
      return sideOf(columns.position[climb(columns, member, columns.depth[root]! + 1)]!)
    },
    teamSize(team) {
      const top = topOf(columns, team)
      if (top === 0) return 0
      return team.side === undefined ? columns.below[top]! - 1 : columns.below[top]!
    },
    walk(team, { take, ...from }) {
      const top = topOf(columns, team)
      if (top === 0) return []
      if ('skip' in from)
        return walkFrom(columns, top, nth(columns, top, from.skip + (team.side === undefined ? 1 : 0)), take)
      if (from.after > columns.size || !isInSubtree({ root: top, member: from.after })) return []
      return walkFrom(columns, top, following(columns, top, from.after), take)
    },
  }
}

function requireMember(columns: Columns, member: number): number {
  if (!Number.isInteger(member) || member < 1 || member > columns.size) {
    throw new DomainError('network.node_not_found', { node: member })
  }
  return member
}

/** Where the walk of a team begins and ends: the root itself, or the first of the leg (0 when it is empty). */
function topOf(columns: Columns, { root, side }: Team): number {
  requireMember(columns, root)
  return side === undefined ? root : columns.child[legBelow({ parent: root, side })]!
}

function append(columns: Columns, placements: readonly LineageRecord[]): void {
  const before = columns.size
  for (const placement of placements) attach(columns, placement)
  // A parent has a smaller number than its children, so from the newest back every subtree is complete when it is reached; only what
  // hangs in the older part of the tree is counted all the way up.
  for (let member = columns.size; member > before; member -= 1) {
    let above = columns.position[member]! >> 1
    if (above > before) columns.below[above]! += columns.below[member]!
    else for (; above !== 0; above = columns.position[above]! >> 1) columns.below[above]! += columns.below[member]!
  }
}

function attach(columns: Columns, { seq, parent, side }: LineageRecord): void {
  if (seq !== columns.size + 1) throw new Error(`Placement ${seq} does not follow placement ${columns.size}.`)
  if (seq >= columns.position.length) grow(columns)
  columns.size = seq
  columns.below[seq] = 1
  if (parent === null || side === null) {
    columns.jump[seq] = seq
    return
  }
  if (parent < 1 || parent >= seq) throw new Error(`Placement ${seq} cannot hang below ${parent}.`)
  const leg = legBelow({ parent, side })
  columns.position[seq] = leg
  columns.child[leg] = seq
  columns.depth[seq] = columns.depth[parent]! + 1
  columns.jump[seq] = jumpBelow(columns, parent)
}

/**
 * Two jumps of equal length become one of twice the length and one step (the skew-binary numbers of E. W. Myers, "An applicative random-access
 * stack", 1983).
 */
function jumpBelow({ depth, jump }: Columns, parent: number): number {
  const near = jump[parent]!
  const far = jump[near]!
  return depth[parent]! - depth[near]! === depth[near]! - depth[far]! ? far : parent
}

function grow(columns: Columns): void {
  columns.position = doubled(columns.position)
  columns.depth = doubled(columns.depth)
  columns.jump = doubled(columns.jump)
  columns.below = doubled(columns.below)
  columns.child = doubled(columns.child)
}

/** The member of the upline at `to`, which is not below `member`. */
function climb({ position, depth, jump }: Columns, member: number, to: number): number {
  let at = member
  while (depth[at]! > to) {
    const far = jump[at]!
    at = depth[far]! >= to ? far : position[at]! >> 1
  }
  return at
}

/** The member with `skip` members of the walk from `top` before it; 0 when there are not so many. */
function nth({ child, below }: Columns, top: number, skip: number): number {
  if (skip >= below[top]!) return 0
  let at = top
  let left = skip
  while (left > 0) {
    left -= 1
    const first = child[2 * at]!
    if (first !== 0 && left < below[first]!) {
      at = first
    } else {
      left -= first === 0 ? 0 : below[first]!
      at = child[2 * at + 1]!
    }
  }
  return at
}

/** The next member of the walk of `top`'s subtree; 0 at its end. */
function following({ child, position }: Columns, top: number, member: number): number {
  const first = child[2 * member]! || child[2 * member + 1]!
  if (first !== 0) return first
  for (let at = member; at !== top; ) {
    const leg = position[at]!
    at = leg >> 1
    const other = (leg & 1) === 0 ? child[leg + 1]! : 0
    if (other !== 0) return other
  }
  return 0
}

function walkFrom(columns: Columns, top: number, first: number, take: number): number[] {
  const members: number[] = []
  for (let at = first; at !== 0 && members.length < take; at = following(columns, top, at)) members.push(at)
  return members
}
