import { createLegQueues, type LegQueues } from './leg-queue.ts'
import { createNumberList } from './number-list.ts'
import { createColumns, type TreeColumns, unmatchedIn } from './tree-columns.ts'
import { createUplinePaths, type UplinePaths } from './upline-paths.ts'

/** Everything the index holds. */
export type NetworkState = {
  readonly columns: TreeColumns
  readonly paths: UplinePaths
  readonly queues: LegQueues
  /** By member who does not count now, the legs from which a flush took it. There it comes back as consumed: a flush is final. */
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
    paths: createUplinePaths(columns),
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

/** Whether a settled node has an unmatched member in both legs. */
export function hasPair(columns: TreeColumns, node: number): boolean {
  return unmatchedIn(columns, 2 * node) > 0 && unmatchedIn(columns, 2 * node + 1) > 0
}

/** The nodes with an unmatched member in both legs, whether or not the month's limit lets them pair, ascending. */
export function pairableNodes({ columns, paths }: NetworkState): Int32Array {
  paths.settleAll()
  const nodes = createNumberList()
  for (let node = 1; node <= columns.size; node += 1) if (hasPair(columns, node)) nodes.push(node)
  return nodes.values()
}

/** Remembers that a flush took the member from the leg, for as long as the member does not count. */
export function rememberLost({ lost }: NetworkState, leg: number, member: number): void {
  const legs = lost.get(member)
  if (legs === undefined) lost.set(member, new Set([leg]))
  else legs.add(leg)
}

/** Forgets it again. Answers the legs from which a flush had taken the member. */
export function forgetLost({ lost }: NetworkState, member: number): ReadonlySet<number> {
  const legs = lost.get(member) ?? new Set<number>()
  lost.delete(member)
  return legs
}
