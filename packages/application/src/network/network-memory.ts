import { network, type Reader, type Tx } from '@ev/db'
import {
  createNetworkIndex,
  type NetworkIndex,
  type PairRecord,
  type PlacementRecord,
  rebuildNetworkIndex,
} from '@ev/domain'

/**
 * The tree as one process knows it: the index by placement sequence, who stands where, and the version of the tree that it shows.
 * Derived from the stored log; thrown away whenever it may differ from it.
 */
export type NetworkMemory = {
  readonly index: NetworkIndex
  /** Members by sequence number; place 0 is unused. */
  readonly users: number[]
  readonly seqs: Map<number, number>
  /** The head's version that the index shows; null while a batch is being applied to it. */
  version: number | null
}

/** Builds the memory from the placements, pairs and flushes. `month` is the IST month that an empty tree begins in. */
export async function loadNetwork(
  reader: Reader | Tx,
  { month, version }: { month: string; version: number },
): Promise<NetworkMemory> {
  const users: number[] = [0]
  const seqs = new Map<number, number>()
  const placements: PlacementRecord[] = []
  for await (const { userId, ...placement } of network.placements(reader)) {
    users[placement.seq] = userId
    seqs.set(userId, placement.seq)
    placements.push(placement)
  }
  if (placements.length === 0) return { index: createNetworkIndex({ month }), users, seqs, version }
  const seqOf = (userId: number) => {
    const seq = seqs.get(userId)
    if (seq === undefined) throw new Error(`Member ${userId} has pairs but no place in the tree.`)
    return seq
  }
  const pairs: PairRecord[] = []
  for await (const pair of network.allPairs(reader)) {
    const { pairNumber: ordinal, month: made } = pair
    pairs.push({
      earner: seqOf(pair.userId),
      ordinal,
      left: seqOf(pair.leftUserId),
      right: seqOf(pair.rightUserId),
      month: made,
      isReversed: pair.status === 'reversed',
    })
  }
  const flushes = (await network.flushes(reader)).map(({ userId, left, right }) => ({
    earner: seqOf(userId),
    left,
    right,
  }))
  return {
    index: rebuildNetworkIndex({ placements, pairs, flushes, month, capacity: placements.length * 2 }),
    users,
    seqs,
    version,
  }
}
