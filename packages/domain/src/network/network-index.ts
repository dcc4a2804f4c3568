import { hasChanged, takeChanged } from './changed-legs.ts'
import { addRoot, placeMember } from './grow-tree.ts'
import { enterMonth, hasDue, type MonthRoll, matchDue, matchNode, rollMonth } from './match-pairs.ts'
import { createState, type NetworkState, pairableNodes } from './network-state.ts'
import { findOpenSlot } from './open-slots.ts'
import type { FlushDecision, MatchRules, MemberUse, MonthRules, PairDecision } from './pairing.ts'
import type { Placement, Side, Slot } from './placement.ts'
import { disqualifyMember, qualifyMember } from './qualification.ts'
import {
  type Children,
  isBelow,
  type Legs,
  type NetworkNode,
  readChildren,
  readLegs,
  readNode,
  readUpline,
} from './read-tree.ts'
import { requireNode } from './tree-columns.ts'

/**
 * The binary tree in memory: where the next member goes, what every leg holds, and which pairs are due. It is derived from the
 * stored placements, pairs and flushes and holds no truth of its own: after a failed write it is thrown away and rebuilt.
 *
 * Members are named by their dense placement sequence number `seq`. Every function that is given a `seq` that is not in the
 * tree refuses with `network.node_not_found`. Pairs are made in the index's own month, which only `enterMonth` and `rollMonth` move.
 */
export type NetworkIndex = {
  /** How many members are placed; the next placement has the sequence number `size() + 1`. */
  size(): number
  /** The IST month `YYYY-MM` in which pairs are made. */
  month(): string

  /** Adds a member without a parent. */
  addRoot(root: { seq: number; sponsor?: number | null; qualified: boolean }): void
  /** The first free slot in level order below the sponsor, or inside the asked leg only. Changes nothing. */
  findSlot(wanted: { sponsor: number; side?: Side | undefined }): Slot
  /** Puts a member into a free slot and counts it for every ancestor, without matching. A taken slot or a gap in the sequence is a fault. */
  place(placement: Placement): void
  /** Places, then matches every ancestor that can pair. Pairs come nearest ancestor first, then by ordinal. */
  placeAndMatch(placement: Placement, rules: MatchRules): PairDecision[]
  /** The member counts for pairs of every ancestor from now on. Answers whether that is new. */
  qualify(seq: number): boolean
  /** Qualifies, then matches as `placeAndMatch` does. A member that counted already changes nothing. */
  qualifyAndMatch(seq: number, rules: MatchRules): PairDecision[]
  /**
   * The member no longer counts for anyone. The standing pairs in `use` are undone: their other members are free at their own places,
   * and those above are matched again as `placeAndMatch` does. `use` is all that the member is used for. One that did not count changes nothing.
   */
  disqualifyAndMatch(seq: number, use: MemberUse, rules: MatchRules): PairDecision[]

  /** Makes every pair that this member can make now under the month's limit, by ordinal. */
  matchNode(earner: number, rules: MatchRules): PairDecision[]
  /**
   * Enters a later month. Under `flush` this answers what is lost; under `carry_forward` those who can pair are due from now on. The same or an
   * earlier month changes nothing.
   */
  enterMonth(month: string, rules: Pick<MonthRules, 'pairCap'>): FlushDecision[]
  /** Makes the pairs of those who are due, by earner's sequence, until there are `most` or a few more. */
  matchDue(rules: MatchRules & { most: number }): PairDecision[]
  hasDue(): boolean
  /** Has everybody who can pair looked at again by `matchDue`: for an index that is rebuilt while some were due. */
  makeAllDue(): void
  /** Both in one: flushes or carries forward what the ended month left. The same or an earlier month changes nothing. */
  rollMonth(month: string, rules: MonthRules): MonthRoll
  /** The members with an unmatched qualified member in both legs, ascending: those that only the month's limit stops, once all are matched. */
  pairable(): number[]

  /**
   * The members `always`, and up to `most` others whose legs hold something else than when they were last answered here; each of them counts as
   * answered. Ascending. Everybody comes up in turn.
   */
  takeChanged(wanted: { always: readonly number[]; most: number }): number[]
  hasChanged(): boolean
  /** Counts a member among the changed: for an index that is rebuilt while not all changes were written. */
  markChanged(seq: number): void

  legs(seq: number): Legs
  node(seq: number): NetworkNode
  children(seq: number): Children
  depthOf(seq: number): number
  /** Every member above, the parent first. */
  uplineOf(seq: number): number[]
  /** Whether `member` is `root` or anywhere below it. Exact, for deciding who may look at whom. */
  isInSubtree(pair: { root: number; member: number }): boolean
}

/** An empty tree in the given IST month `YYYY-MM`. `capacity` is the number of members expected; the index grows by doubling beyond it. */
export function createNetworkIndex(options: { month: string; capacity?: number }): NetworkIndex {
  return indexOver(createState({ month: options.month, capacity: options.capacity ?? 1024 }))
}

export function indexOver(state: NetworkState): NetworkIndex {
  const { columns, paths } = state
  const matchEach = (earners: number[], rules: MatchRules) =>
    earners.flatMap((earner) => matchNode(state, earner, rules))
  return {
    size: () => columns.size,
    month: () => state.month,

    addRoot: ({ seq, sponsor, qualified }) => addRoot(state, { seq, sponsor: sponsor ?? null, qualified }),
    findSlot({ sponsor, side }) {
      requireNode(columns, sponsor)
      return findOpenSlot(columns, sponsor, side)
    },
    place(placement) {
      placeMember(state, placement)
    },
    placeAndMatch(placement, rules) {
      paths.useLimit(rules.monthlyLimit)
      return matchEach(placeMember(state, placement), rules)
    },
    qualify(seq) {
      const isNew = !readNode(columns, seq).isQualified
      qualifyMember(state, seq)
      return isNew
    },
    qualifyAndMatch(seq, rules) {
      paths.useLimit(rules.monthlyLimit)
      return matchEach(qualifyMember(state, seq), rules)
    },
    disqualifyAndMatch: (seq, use, rules) => matchEach(disqualifyMember(state, seq, use), rules),

    matchNode: (earner, rules) => matchNode(state, earner, rules),
    enterMonth: (month, rules) => enterMonth(state, month, rules),
    matchDue: (rules) => matchDue(state, rules),
    hasDue: () => hasDue(state),
    makeAllDue() {
      state.due = pairableNodes(state)
      state.dueFrom = 0
    },
    rollMonth: (month, rules) => rollMonth(state, month, rules),
    pairable: () => [...pairableNodes(state)],

    takeChanged: (wanted) => takeChanged(state, wanted),
    hasChanged: () => hasChanged(state),
    markChanged(seq) {
      requireNode(columns, seq)
      columns.changed.add(seq)
    },

    legs: (seq) => readLegs(state, seq),
    node: (seq) => readNode(columns, seq),
    children: (seq) => readChildren(columns, seq),
    depthOf: (seq) => readNode(columns, seq).depth,
    uplineOf: (seq) => readUpline(columns, seq),
    isInSubtree: (pair) => isBelow(columns, pair),
  }
}
