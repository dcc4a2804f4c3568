import { network, plans, type Reader, takeOver } from '@ev/db'
import { createNetworkIndex, istMonth, type NetworkIndex, type PlacementRecord } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { legsRow } from '../network/network-batch.ts'
import { loadNetwork, type NetworkMemory } from '../network/network-memory.ts'
import { type Difference, type Findings, findings, type Progress } from './findings.ts'

/**
 * Replays the placement log and the pairs and compares: every placement at the first free slot of its sponsor's subtree or leg, every
 * pair of members inside their legs who count while it stands, with ordinals without gaps and no more than the month's limit, and every
 * stored count. Members and pairs that were taken over stand where they stood, in level order or not. Answers every difference. Run it
 * while nothing is being placed: it reads without a lock.
 */
export async function verifyTree({ db, clock }: Pick<Deps, 'db' | 'clock'>, progress: Progress): Promise<Difference[]> {
  const found = findings()
  const reader = db.read
  const head = await network.findHead(reader)
  const month = head?.month ?? istMonth(clock.now())
  progress('placements in level order')
  const before = await takeOver.takenOver(reader)
  const tree = await verifyPlacements(reader, found, { month, levelOrderAfter: before.lastPlacementSeq })
  // Without the placements there is nothing to hold the pairs and the counts against.
  if (tree === null) return found.differences
  found.expectEqual('head.last_seq', 'network head', { expected: tree.index.size(), actual: head?.lastSeq ?? 0 })
  progress('pairs')
  await verifyPairs(reader, found, tree, { limitedAfter: before.lastPairId })
  progress('rebuilding the tree from its log')
  const memory = await rebuilt(reader, found, { month, version: head?.version ?? 0 })
  if (memory === null) return found.differences
  progress('leg counts')
  await verifyLegs(reader, found, memory)
  return found.differences
}

/** The tree as its log says; null, with the contradiction as a difference, when the log cannot be what happened. */
async function rebuilt(
  reader: Reader,
  found: Findings,
  head: { month: string; version: number },
): Promise<NetworkMemory | null> {
  try {
    return await loadNetwork(reader, head)
  } catch (error) {
    found.expectEqual('log.rebuild', 'pairs and flushes', { expected: 'no contradiction', actual: String(error) })
    return null
  }
}

type PlacedTree = Pick<NetworkMemory, 'index' | 'seqs'>

/** Replays the placements. Null after one that cannot be replayed, which is then among the differences. */
async function verifyPlacements(
  reader: Reader,
  found: Findings,
  { month, levelOrderAfter }: { month: string; levelOrderAfter: number },
): Promise<PlacedTree | null> {
  const tree: PlacedTree = { index: createNetworkIndex({ month }), seqs: new Map() }
  for await (const { userId, ...placement } of network.placements(reader)) {
    const { seq } = placement
    found.expectEqual('placement.sequence', `placement ${seq}`, { expected: tree.index.size() + 1, actual: seq })
    try {
      replay(tree.index, found, placement, { isInLevelOrder: seq > levelOrderAfter })
    } catch (error) {
      found.expectEqual('placement.replay', `placement ${seq}`, { expected: 'a free place', actual: String(error) })
      return null
    }
    tree.seqs.set(userId, seq)
  }
  return tree
}

function replay(
  index: NetworkIndex,
  found: Findings,
  placement: PlacementRecord,
  { isInLevelOrder }: { isInLevelOrder: boolean },
): void {
  const { seq, sponsor, parent, side, qualified } = placement
  if (parent === null || side === null || sponsor === null) {
    index.addRoot({ seq, sponsor, qualified })
  } else {
    if (isInLevelOrder) {
      const here = `${parent} ${side}`
      const allowed = ([undefined, 'left', 'right'] as const).map((asked) => {
        const slot = index.findSlot({ sponsor, side: asked })
        return `${slot.parent} ${slot.side}`
      })
      found.expectEqual('placement.slot', `placement ${seq}`, {
        expected: allowed.includes(here) ? here : allowed.join(' or '),
        actual: here,
      })
    }
    index.place({ seq, sponsor, parent, side, qualified })
  }
}

async function verifyPairs(
  reader: Reader,
  found: Findings,
  { index, seqs }: PlacedTree,
  { limitedAfter }: { limitedAfter: number },
): Promise<void> {
  const ordinals = new Map<number, number>()
  const inMonth = new Map<string, number>()
  const limits = new Map<number, number>()
  for await (const pair of network.allPairs(reader)) {
    const subject = `pair ${pair.id} of member ${pair.userId}`
    const ordinal = (ordinals.get(pair.userId) ?? 0) + 1
    ordinals.set(pair.userId, ordinal)
    found.expectEqual('pair.ordinal', subject, { expected: ordinal, actual: pair.pairNumber })
    const monthKey = `${pair.userId}:${pair.month}`
    inMonth.set(monthKey, (inMonth.get(monthKey) ?? 0) + 1)
    if (!limits.has(pair.planVersion))
      limits.set(pair.planVersion, (await plans.version(reader, pair.planVersion)).monthlyPairLimit)
    found.expectEqual('pair.month_limit', subject, {
      expected: true,
      actual: pair.id <= limitedAfter || inMonth.get(monthKey)! <= limits.get(pair.planVersion)!,
    })
    const earner = seqs.get(pair.userId)
    found.expectEqual('pair.earner_placed', subject, { expected: true, actual: earner !== undefined })
    if (earner === undefined) continue
    const children = index.children(earner)
    for (const [side, member] of [
      ['left', pair.leftUserId],
      ['right', pair.rightUserId],
    ] as const) {
      const root = children[side]
      const seq = seqs.get(member)
      found.expectEqual('pair.member_in_leg', `${subject}, ${side} member ${member}`, {
        expected: true,
        actual: root !== null && seq !== undefined && index.isInSubtree({ root, member: seq }),
      })
      if (pair.status === 'reversed' || seq === undefined) continue
      found.expectEqual('pair.member_counts', `${subject}, ${side} member ${member}`, {
        expected: true,
        actual: index.node(seq).isQualified,
      })
    }
  }
}

async function verifyLegs(reader: Reader, found: Findings, memory: NetworkMemory): Promise<void> {
  let rows = 0
  for await (const page of network.legsPages(reader)) {
    for (const row of page) {
      rows += 1
      const { pairsMonth, pairsThisMonth, ...expected } = legsRow(memory, row.seq)
      const { pairsMonth: storedMonth, pairsThisMonth: storedPairs, ...actual } = row
      found.expectEqual('legs.counts', `node ${row.seq}`, {
        expected: JSON.stringify(expected),
        actual: JSON.stringify(orderedLike(expected, actual)),
      })
      // A row that was last written in an earlier month tells that month's pairs; readers take none for this one.
      const storedThisMonth = storedMonth === pairsMonth ? storedPairs : 0
      found.expectEqual('legs.pairs_this_month', `node ${row.seq}`, {
        expected: pairsThisMonth,
        actual: storedThisMonth,
      })
    }
  }
  found.expectEqual('legs.rows', 'legs', { expected: memory.index.size(), actual: rows })
}

function orderedLike<T extends Record<string, unknown>>(shape: T, values: T): Record<string, unknown> {
  return Object.fromEntries(Object.keys(shape).map((key) => [key, values[key]]))
}
