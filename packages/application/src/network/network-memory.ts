import { network, type Reader, type Tx } from '@ev/db'
import { createNetworkRebuild, type NetworkIndex } from '@ev/domain'
import { legsRow } from './legs-row.ts'
import { createSeqByUser, type SeqByUser } from './seq-by-user.ts'

/**
 * The tree as one process knows it: the index by placement sequence, who stands where, and the version of the tree that it shows.
 * Derived from the stored log; thrown away whenever it may differ from it.
 */
export type NetworkMemory = {
  readonly index: NetworkIndex
  /** Members by sequence number; place 0 is unused. */
  readonly users: number[]
  readonly seqs: SeqByUser
  /** The head's version that the index shows; null while a batch is being applied to it. */
  version: number | null
}

/** Room that is kept for members who are placed before the index has to grow, as a part of those who are there. */
const spare = 1 / 8

/**
 * Builds the memory from the placements, pairs and flushes, page by page: nothing of the log is kept but the index. `month` is the IST month
 * that the tree was last in, or that an empty one begins in.
 */
export async function loadNetwork(
  reader: Reader | Tx,
  { month, version, lastSeq }: Pick<network.HeadFigures, 'month' | 'version' | 'lastSeq'>,
): Promise<NetworkMemory> {
  const users: number[] = [0]
  const seqs = createSeqByUser()
  const rebuild = createNetworkRebuild({ month, capacity: Math.ceil(lastSeq * (1 + spare)) })
  for await (const page of network.placementPages(reader)) {
    for (const placement of page) {
      users[placement.seq] = placement.userId
      seqs.set(placement.userId, placement.seq)
      rebuild.addPlacement(placement)
    }
  }
  const seqOf = (userId: number) => {
    const seq = seqs.get(userId)
    if (seq === undefined) throw new Error(`Member ${userId} has pairs but no place in the tree.`)
    return seq
  }
  for await (const page of network.pairRecordPages(reader)) {
    for (const { earner, ordinal, left, right, month: made, isReversed } of page) {
      rebuild.addPair({
        earner: seqOf(earner),
        ordinal,
        left: seqOf(left),
        right: seqOf(right),
        month: made,
        isReversed,
      })
    }
  }
  for (const { userId, left, right } of await network.flushes(reader)) {
    rebuild.addFlush({ earner: seqOf(userId), left, right })
  }
  return { index: rebuild.finish(), users, seqs, version }
}

/** Brings to the index's mind what earlier batches left for later: the rows of `legs` that are not the index's, and the members to be matched. */
export async function recallWorkLeft(
  reader: Reader | Tx,
  memory: NetworkMemory,
  { legsBehind, matchingBehind }: Pick<network.HeadFigures, 'legsBehind' | 'matchingBehind'>,
): Promise<void> {
  if (matchingBehind) memory.index.makeAllDue()
  if (!legsBehind) return
  for await (const page of network.legsPages(reader)) {
    for (const stored of page)
      if (!isSame(stored, legsRow(memory.index, stored.seq))) memory.index.markChanged(stored.seq)
  }
}

/** Whether a stored row tells what the index does. Pairs of an earlier month are none of this one, so its month may differ then. */
function isSame(stored: network.LegsRow, current: network.LegsRow): boolean {
  const storedThisMonth = stored.pairsMonth === current.pairsMonth ? stored.pairsThisMonth : 0
  return storedThisMonth === current.pairsThisMonth && counts.every((count) => stored[count] === current[count])
}

/** Every count of a row; its number and what is of the month alone are none. */
const counts = Object.keys({
  leftTeam: true,
  rightTeam: true,
  leftQualified: true,
  rightQualified: true,
  leftConsumed: true,
  rightConsumed: true,
  pairsMatched: true,
} satisfies Record<
  Exclude<keyof network.LegsRow, 'seq' | 'pairsMonth' | 'pairsThisMonth'>,
  true
>) as (keyof network.LegsRow)[]
