import { addRoot, attach } from './grow-tree.ts'
import { indexOver, type NetworkIndex } from './network-index.ts'
import { createState, type NetworkState, rememberLost } from './network-state.ts'
import { createNumberList } from './number-list.ts'
import { shallowestOpen } from './open-slots.ts'
import type { FlushDecision, PairRecord } from './pairing.ts'
import type { PlacementRecord } from './placement.ts'
import { requireNode } from './tree-columns.ts'

/** What is stored of the tree. `placements` come by growing `seq`; `pairs` and `flushes` in any order. `capacity` may say how many members to expect. */
export type NetworkLog = {
  readonly placements: Iterable<PlacementRecord>
  readonly pairs: Iterable<PairRecord>
  readonly flushes: Iterable<FlushRecord>
  /** The IST month last entered with `rollMonth`. The month of the latest pair is a safe answer: rolling on from it loses nothing. */
  readonly month: string
  readonly capacity?: number
}

/** A flush as it is stored; in which month it was makes no difference to the index. */
export type FlushRecord = Omit<FlushDecision, 'month'>

/** Takes the stored log record by record: all placements first, by growing `seq`, then pairs and flushes in any order. */
export type NetworkRebuild = {
  addPlacement(record: PlacementRecord): void
  addPair(record: PairRecord): void
  addFlush(record: FlushRecord): void
  /** The index as it stood when these records were the last ones written. */
  finish(): NetworkIndex
}

/**
 * Builds the index from its log. Costs about one step for each record: sums go from the newest member up to the oldest instead of
 * walking to the root for each. What pairs and flushes took is kept as numbers until the end. A log that contradicts itself is a fault.
 */
export function createNetworkRebuild(options: { month: string; capacity: number }): NetworkRebuild {
  const state = createState(options)
  const legs = createNumberList()
  const members = createNumberList()
  let lastOrdinals = new Int32Array(0)
  const take = (leg: number, member: number) => {
    requireNode(state.columns, leg >> 1)
    requireNode(state.columns, member)
    legs.push(leg)
    members.push(member)
  }
  return {
    addPlacement: (record) => addRecord(state, record),
    addPair(pair) {
      countPair(state, pair)
      // All members are there by now.
      if (lastOrdinals.length === 0) lastOrdinals = new Int32Array(state.columns.size + 1)
      if (pair.ordinal > lastOrdinals[pair.earner]!) lastOrdinals[pair.earner] = pair.ordinal
      if (pair.isReversed) return
      requireQualified(state, pair)
      take(2 * pair.earner, pair.left)
      take(2 * pair.earner + 1, pair.right)
    },
    addFlush({ earner, left, right }) {
      for (const member of left) take(2 * earner, member)
      for (const member of right) take(2 * earner + 1, member)
    },
    finish() {
      requireDenseOrdinals(state, lastOrdinals)
      sumUpwards(state)
      for (const { leg, taken } of byLeg(state, legs.values(), members.values())) restoreLeg(state, leg, taken)
      state.columns.changed.clear()
      return indexOver(state)
    },
  }
}

/** The same for a log that is in memory. */
export function rebuildNetworkIndex(log: NetworkLog): NetworkIndex {
  const rebuild = createNetworkRebuild({ month: log.month, capacity: log.capacity ?? 1024 })
  for (const record of log.placements) rebuild.addPlacement(record)
  for (const pair of log.pairs) rebuild.addPair(pair)
  for (const flush of log.flushes) rebuild.addFlush(flush)
  return rebuild.finish()
}

function addRecord(state: NetworkState, record: PlacementRecord): void {
  const { seq, sponsor, parent, side, qualified } = record
  if (parent === null && side === null) addRoot(state, { seq, sponsor, qualified })
  else if (parent === null || side === null || sponsor === null) {
    throw new Error(`Placement ${seq} is neither a root nor complete.`)
  } else attach(state, { seq, sponsor, parent, side, qualified })
}

/** Children are newer than their parents, so going from the newest to the oldest finds every subtree finished. */
function sumUpwards({ columns }: NetworkState): void {
  for (let node = columns.size; node > 0; node -= 1) {
    columns.open[node] = shallowestOpen(columns, node)
    const leg = columns.position[node]!
    if (leg === 0) continue
    const below = 2 * node
    columns.team[leg] = 1 + columns.team[below]! + columns.team[below + 1]!
    columns.qualified[leg] = columns.isQualified[node]! + columns.qualified[below]! + columns.qualified[below + 1]!
  }
}

function countPair({ columns, month }: NetworkState, pair: PairRecord): void {
  requireNode(columns, pair.earner)
  if (pair.month > month) throw new Error(`A pair of ${pair.month} was made after the month ${month}.`)
  columns.pairsMade[pair.earner]! += 1
  if (pair.month === month) columns.pairsThisMonth[pair.earner]! += 1
}

/** Whoever stops counting takes the pair back, so both members of a standing pair count. */
function requireQualified({ columns }: NetworkState, { earner, ordinal, left, right }: PairRecord): void {
  if (columns.isQualified[left] === 1 && columns.isQualified[right] === 1) return
  throw new Error(`Pair ${ordinal} of ${earner} stands on a member who does not count.`)
}

/** The pairs of each earner are as many as the last one's ordinal says. */
function requireDenseOrdinals({ columns }: NetworkState, lastOrdinals: Int32Array): void {
  for (let node = 1; node < lastOrdinals.length; node += 1) {
    if (lastOrdinals[node] !== columns.pairsMade[node]) throw new Error(`The pairs of ${node} have a gap or a double.`)
  }
}

/** The members taken from each leg that any were taken from, sorted by leg by counting. */
function* byLeg(
  { columns }: NetworkState,
  legs: Int32Array,
  members: Int32Array,
): Generator<{ leg: number; taken: Int32Array }> {
  // Where the members of a leg begin, and once they are in their places, where they end.
  const ends = new Int32Array(2 * columns.size + 3)
  for (const leg of legs) ends[leg + 1]! += 1
  for (let leg = 1; leg < ends.length; leg += 1) ends[leg]! += ends[leg - 1]!
  const sorted = new Int32Array(members.length)
  for (let at = 0; at < legs.length; at += 1) {
    const leg = legs[at]!
    sorted[ends[leg]!] = members[at]!
    ends[leg]! += 1
  }
  for (let leg = 2; leg < ends.length - 1; leg += 1) {
    if (ends[leg]! > ends[leg - 1]!) yield { leg, taken: sorted.subarray(ends[leg - 1]!, ends[leg]!) }
  }
}

function restoreLeg(state: NetworkState, leg: number, taken: Int32Array): void {
  const { columns, queues } = state
  const lost = taken.filter((member) => columns.isQualified[member] === 0)
  columns.consumed[leg] = taken.length - lost.length
  if (columns.consumed[leg]! > columns.qualified[leg]!) {
    throw new Error(`Leg ${leg} has used more members than count in it.`)
  }
  queues.restore(leg, taken)
  for (const member of lost) rememberLost(state, leg, member)
}
