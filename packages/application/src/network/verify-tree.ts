import { network, plans, type Reader } from '@ev/db'
import { createNetworkIndex, istMonth } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { type Difference, type Findings, findings, type Progress } from '../verification.ts'
import { legsRow } from './network-batch.ts'
import { loadNetwork, type NetworkMemory } from './network-memory.ts'

/**
 * Replays the placement log and the pairs and compares: every placement at the first free slot of its sponsor's subtree or leg, every
 * pair of members inside their legs with ordinals without gaps and no more than the month's limit, and every stored count. Answers every
 * difference. Run it while nothing is being placed: it reads without a lock.
 */
export async function verifyTree({ db, clock }: Pick<Deps, 'db' | 'clock'>, progress: Progress): Promise<Difference[]> {
  const found = findings()
  const reader = db.read
  const head = await network.findHead(reader)
  const month = head?.month ?? istMonth(clock.now())
  progress('rebuilding the tree from its log')
  const memory = await loadNetwork(reader, { month, version: head?.version ?? 0 })
  found.expectEqual('head.last_seq', 'network head', { expected: memory.index.size(), actual: head?.lastSeq ?? 0 })
  progress('placements in level order')
  await verifyPlacements(reader, found, month)
  progress('pairs')
  await verifyPairs(reader, found, memory)
  progress('leg counts')
  await verifyLegs(reader, found, memory)
  return found.differences
}

async function verifyPlacements(reader: Reader, found: Findings, month: string): Promise<void> {
  const index = createNetworkIndex({ month })
  for await (const { seq, sponsor, parent, side, qualified } of network.placements(reader)) {
    found.expectEqual('placement.sequence', `placement ${seq}`, { expected: index.size() + 1, actual: seq })
    if (parent === null || side === null || sponsor === null) {
      index.addRoot({ seq, sponsor, qualified })
      continue
    }
    const here = `${parent} ${side}`
    const allowed = ([undefined, 'left', 'right'] as const).map((asked) => {
      const slot = index.findSlot({ sponsor, side: asked })
      return `${slot.parent} ${slot.side}`
    })
    found.expectEqual('placement.slot', `placement ${seq}`, {
      expected: allowed.includes(here) ? here : allowed.join(' or '),
      actual: here,
    })
    index.place({ seq, sponsor, parent, side, qualified })
  }
}

async function verifyPairs(reader: Reader, found: Findings, { index, users, seqs }: NetworkMemory): Promise<void> {
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
      actual: inMonth.get(monthKey)! <= limits.get(pair.planVersion)!,
    })
    const children = index.children(seqs.get(pair.userId)!)
    for (const [side, member] of [
      ['left', pair.leftUserId],
      ['right', pair.rightUserId],
    ] as const) {
      const root = children[side]
      const isInLeg = root !== null && index.isInSubtree({ root, member: seqs.get(member)! })
      found.expectEqual('pair.member_in_leg', `${subject}, ${side} member ${users[seqs.get(member)!]}`, {
        expected: true,
        actual: isInLeg,
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
