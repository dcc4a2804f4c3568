import { createLegQueues, type LegQueues } from './leg-queue.ts'
import { createColumns, type TreeColumns, unmatchedIn } from './tree-columns.ts'

/** Everything the index holds. */
export type NetworkState = {
  readonly columns: TreeColumns
  readonly queues: LegQueues
  /** By leg, the members that a flush took and that do not count now. They come back as consumed: a flush is final. */
  readonly lost: Map<number, Set<number>>
  /** Those who could pair when the month was entered and were not matched since, ascending, from place `dueFrom` on. */
  due: Int32Array
  dueFrom: number
  /** The IST month `YYYY-MM` that pairs are made in. */
  month: string
}

const monthFormat = /^\d{4}-(0[1-9]|1[0-2])$/

export function createState(options: { month: string; capacity: number }): NetworkState {
  requireMonth(options.month)
  const columns = createColumns(options.capacity)
  return {
    columns,
    queues: createLegQueues(columns),
    lost: new Map(),
    due: new Int32Array(0),
    dueFrom: 0,
    month: options.month,
  }
}

/** Months are compared as text, which is right only for `YYYY-MM`; anything else is a fault. */
export function requireMonth(month: string): void {
  if (!monthFormat.test(month)) throw new Error(`"${month}" is not a month written YYYY-MM.`)
}

export function hasPair(columns: TreeColumns, node: number): boolean {
  return unmatchedIn(columns, 2 * node) > 0 && unmatchedIn(columns, 2 * node + 1) > 0
}

/** The nodes with an unmatched member in both legs, whether or not the month's limit lets them pair, ascending. */
export function pairableNodes({ pairable, size }: TreeColumns): Int32Array {
  const nodes: number[] = []
  for (let node = pairable.indexOf(1); node !== -1 && node <= size; node = pairable.indexOf(1, node + 1))
    nodes.push(node)
  return Int32Array.from(nodes)
}

/** Remembers that a flush took the member of the leg, for as long as the member does not count. */
export function rememberLost(state: NetworkState, leg: number, member: number): void {
  const members = state.lost.get(leg)
  if (members === undefined) state.lost.set(leg, new Set([member]))
  else members.add(member)
}

/** Forgets it again. Answers whether a flush had taken the member. */
export function forgetLost(state: NetworkState, leg: number, member: number): boolean {
  const members = state.lost.get(leg)
  const wasLost = members?.delete(member) ?? false
  if (members?.size === 0) state.lost.delete(leg)
  return wasLost
}
