import { addRoot, attach } from './grow-tree.ts'
import { indexOver, type NetworkIndex } from './network-index.ts'
import { createState, isPairable, type NetworkState, rememberLost } from './network-state.ts'
import { shallowestOpen } from './open-slots.ts'
import type { FlushDecision, PairRecord } from './pairing.ts'
import type { PlacementRecord } from './placement.ts'
import { requireNode } from './tree-columns.ts'

/** What is stored of the tree. `placements` come by growing `seq`; `pairs` and `flushes` in any order. `capacity` may say how many members to expect. */
export type NetworkLog = {
  readonly placements: Iterable<PlacementRecord>
  readonly pairs: Iterable<PairRecord>
  readonly flushes: Iterable<Omit<FlushDecision, 'month'>>
  /** The IST month last entered with `rollMonth`. The month of the latest pair is a safe answer: rolling on from it loses nothing. */
  readonly month: string
  readonly capacity?: number
}

/**
 * The index as it stood when these records were the last ones written. Costs about one step for each record: sums go from the
 * newest member up to the oldest instead of walking to the root for each. A log that contradicts itself is a fault.
 */
export function rebuildNetworkIndex(log: NetworkLog): NetworkIndex {
  const state = createState({ month: log.month, capacity: log.capacity ?? 1024 })
  for (const record of log.placements) addRecord(state, record)
  sumUpwards(state)
  consumeRecorded(state, log)
  for (let node = 1; node <= state.columns.size; node += 1) {
    if (isPairable(state.columns, node)) state.pairable.add(node)
  }
  return indexOver(state)
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

function consumeRecorded(state: NetworkState, { pairs, flushes }: NetworkLog): void {
  const taken = new Map<number, number[]>()
  const lastOrdinals = new Map<number, number>()
  for (const pair of pairs) {
    countPair(state, pair)
    lastOrdinals.set(pair.earner, Math.max(pair.ordinal, lastOrdinals.get(pair.earner) ?? 0))
    if (pair.isReversed) continue
    requireQualified(state, pair)
    take(taken, 2 * pair.earner, pair.left)
    take(taken, 2 * pair.earner + 1, pair.right)
  }
  for (const { earner, left, right } of flushes) {
    requireNode(state.columns, earner)
    for (const member of left) take(taken, 2 * earner, member)
    for (const member of right) take(taken, 2 * earner + 1, member)
  }
  for (const [earner, ordinal] of lastOrdinals) {
    if (state.columns.pairsMade[earner] !== ordinal) throw new Error(`The pairs of ${earner} have a gap or a double.`)
  }
  for (const [leg, members] of taken) restoreLeg(state, leg, members)
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

function take(taken: Map<number, number[]>, leg: number, member: number): void {
  const members = taken.get(leg)
  if (members === undefined) taken.set(leg, [member])
  else members.push(member)
}

function restoreLeg(state: NetworkState, leg: number, members: number[]): void {
  const { columns, queues } = state
  const lost = members.filter((member) => columns.isQualified[member] === 0)
  columns.consumed[leg] = members.length - lost.length
  if (columns.consumed[leg]! > columns.qualified[leg]!) {
    throw new Error(`Leg ${leg} has used more members than count in it.`)
  }
  queues.restore(leg, members)
  for (const member of lost) rememberLost(state, leg, member)
}
