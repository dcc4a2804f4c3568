import { type NumberHeap, popFrom, pushTo } from './number-heap.ts'
import type { TreeColumns } from './tree-columns.ts'

/** The members of every leg in the order in which pairs use them: the oldest qualified first, by placement sequence. */
export type LegQueues = {
  /** A member was placed below one whom the leg's walk has gone past, that is, whose number is not above `passed`. */
  placedBelowPassed(leg: number, member: number): void
  /** A member of the leg may be taken from now on: it begins to count, or the pair that used it is undone. */
  memberAvailable(leg: number, member: number): void
  /** Takes the oldest qualified member that is not taken. The caller knows that there is one. */
  takeOldest(leg: number): number
  /** Brings a leg to the state in which exactly these members are taken, in whatever order. A member outside the leg or named twice is a fault. */
  restore(leg: number, taken: Int32Array): void
}

/** How many legs have their frontier in memory. A frontier of a leg whose earner pairs ten a month holds a dozen numbers. */
const mostFrontiers = 50_000

/**
 * No queue holds its whole leg. Node numbers grow on the way down, so the members of a leg in placement order are a walk from
 * the leg's top, and `passed` is the last that the walk went past. Two heaps lead on from there:
 *
 * - `frontier`: the nodes that the walk has not gone past though it went past their parents. It follows from `passed`, so it is kept for some
 *   legs only and found again by a walk over what was passed, which is about as much as the earner has taken.
 * - `returned`: members that were passed and may be taken all the same. They are older than the frontier and come first. Only who begins or
 *   ceases to count after its turn gets there.
 *
 * A member that stops counting stays where it is: it is passed over when its turn comes, and one that counts again meanwhile is among the returned
 * twice. Equal numbers leave a heap one after the other, so both are taken out together.
 */
export function createLegQueues(columns: TreeColumns): LegQueues {
  const frontiers = new Map<number, NumberHeap>()
  const returned = new Map<number, NumberHeap>()
  const toVisit: number[] = []
  /** By member, the leg that `restore` was last told has taken it. */
  let takenBy = new Int32Array(0)

  /** Calls `visit` with each member of the leg up to `last`, and `beyond` with each later one whose parent is not. */
  function walk(
    leg: number,
    { last, visit, beyond }: { last: number; visit(member: number): void; beyond(member: number): void },
  ): void {
    toVisit.push(columns.child[leg]!)
    for (let member = toVisit.pop(); member !== undefined; member = toVisit.pop()) {
      if (member === 0) continue
      if (member > last) {
        beyond(member)
        continue
      }
      visit(member)
      toVisit.push(columns.child[2 * member]!, columns.child[2 * member + 1]!)
    }
  }

  function frontierOf(leg: number): NumberHeap {
    const known = frontiers.get(leg)
    if (known !== undefined) return known
    if (frontiers.size >= mostFrontiers) frontiers.clear()
    const heap: NumberHeap = []
    walk(leg, { last: columns.passed[leg]!, visit: nothing, beyond: (member) => pushTo(heap, member) })
    frontiers.set(leg, heap)
    return heap
  }

  function giveBack(leg: number, member: number): void {
    const heap = returned.get(leg)
    if (heap === undefined) returned.set(leg, [member])
    else pushTo(heap, member)
  }

  function takeReturned(leg: number): number | undefined {
    const heap = returned.get(leg)
    if (heap === undefined) return undefined
    for (let member = popFrom(heap); member !== undefined; member = popFrom(heap)) {
      while (heap[0] === member) popFrom(heap)
      if (columns.isQualified[member] === 1) return member
    }
    returned.delete(leg)
    return undefined
  }

  function walkOn(leg: number): number {
    const frontier = frontierOf(leg)
    for (let member = popFrom(frontier); member !== undefined; member = popFrom(frontier)) {
      columns.passed[leg] = member
      const left = columns.child[2 * member]!
      const right = columns.child[2 * member + 1]!
      if (left !== 0) pushTo(frontier, left)
      if (right !== 0) pushTo(frontier, right)
      if (columns.isQualified[member] === 1) return member
    }
    throw new Error(`Leg ${leg} has no unmatched member left to take.`)
  }

  return {
    placedBelowPassed(leg, member) {
      // A frontier that is not in memory will have the member when it is found again.
      const frontier = frontiers.get(leg)
      if (frontier !== undefined) pushTo(frontier, member)
    },

    memberAvailable(leg, member) {
      if (member <= columns.passed[leg]!) giveBack(leg, member)
    },

    takeOldest: (leg) => takeReturned(leg) ?? walkOn(leg),

    restore(leg, taken) {
      if (takenBy.length <= columns.size) takenBy = new Int32Array(columns.position.length)
      let last = 0
      for (const member of taken) {
        if (takenBy[member] === leg) throw new Error(`Leg ${leg} has used member ${member} twice.`)
        takenBy[member] = leg
        if (member > last) last = member
      }
      columns.passed[leg] = last
      let found = 0
      const visit = (member: number) => {
        if (takenBy[member] === leg) found += 1
        else if (columns.isQualified[member] === 1) giveBack(leg, member)
      }
      walk(leg, { last, visit, beyond: nothing })
      if (found !== taken.length) throw new Error(`Leg ${leg} has used a member twice, or one that is not in it.`)
    },
  }
}

function nothing(): void {}
