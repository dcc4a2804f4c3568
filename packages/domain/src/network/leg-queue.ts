import { type NumberHeap, popFrom, pushTo } from './number-heap.ts'
import { parentOf, type TreeColumns } from './tree-columns.ts'

/** The members of every leg in the order in which pairs use them: the oldest qualified first, by placement sequence. */
export type LegQueues = {
  /** A member was placed somewhere inside the leg. */
  memberPlaced(leg: number, member: number): void
  /** A member of the leg may be taken from now on: it begins to count, or the pair that used it is undone. */
  memberAvailable(leg: number, member: number): void
  /** Takes the oldest qualified member that is not taken. The caller knows that there is one. */
  takeOldest(leg: number): number
  /** Brings a leg to the state in which exactly these members are taken, in whatever order. A member outside the leg or named twice is a fault. */
  restore(leg: number, taken: readonly number[]): void
}

/**
 * No queue holds its whole leg. Node numbers grow on the way down, so the members of a leg in placement order are a walk from
 * the leg's top: a heap holds the nodes whose parents the walk went past. The walk goes past a leg's nodes in growing order, and
 * `passed` is the last of them. A member that was passed and may be taken later goes back into the same heap, where a number up to
 * `passed` can mean nothing else. So a leg's heap grows with what was taken from the leg, not with its size.
 *
 * A member that stops counting stays in the heap: it is passed over when its turn comes, and one that counts again meanwhile is there
 * twice. Equal numbers leave a heap one after the other, so both are taken out together.
 */
export function createLegQueues(columns: TreeColumns): LegQueues {
  const heaps = new Map<number, NumberHeap>()

  function add(leg: number, member: number): void {
    const heap = heaps.get(leg)
    if (heap === undefined) heaps.set(leg, [member])
    else pushTo(heap, member)
  }

  function addChildren(leg: number, member: number): void {
    const left = columns.child[2 * member]!
    const right = columns.child[2 * member + 1]!
    if (left !== 0) add(leg, left)
    if (right !== 0) add(leg, right)
  }

  function popSmallest(leg: number): number {
    const heap = heaps.get(leg)
    const smallest = heap === undefined ? undefined : popFrom(heap)
    while (heap !== undefined && heap.length > 0 && heap[0] === smallest) popFrom(heap)
    if (heap?.length === 0) heaps.delete(leg)
    if (smallest === undefined) throw new Error(`Leg ${leg} has no unmatched member left to take.`)
    return smallest
  }

  return {
    memberPlaced(leg, member) {
      if (parentOf(columns, member) <= columns.passed[leg]!) add(leg, member)
    },

    memberAvailable(leg, member) {
      if (member <= columns.passed[leg]!) add(leg, member)
    },

    takeOldest(leg) {
      if (columns.passed[leg] === 0 && columns.child[leg] !== 0) heaps.set(leg, [columns.child[leg]!])
      for (;;) {
        const member = popSmallest(leg)
        if (member > columns.passed[leg]!) {
          columns.passed[leg] = member
          addChildren(leg, member)
        }
        if (columns.isQualified[member] === 1) return member
      }
    },

    restore(leg, taken) {
      const used = new Set(taken)
      const passed = taken.reduce((newest, member) => Math.max(newest, member), 0)
      columns.passed[leg] = passed
      let found = 0
      const toVisit = [columns.child[leg]!]
      for (let member = toVisit.pop(); member !== undefined; member = toVisit.pop()) {
        if (member === 0) continue
        if (member > passed) {
          add(leg, member)
          continue
        }
        if (used.has(member)) found += 1
        else if (columns.isQualified[member] === 1) add(leg, member)
        toVisit.push(columns.child[2 * member]!, columns.child[2 * member + 1]!)
      }
      if (found !== taken.length) throw new Error(`Leg ${leg} has used a member twice, or one that is not in it.`)
    },
  }
}
