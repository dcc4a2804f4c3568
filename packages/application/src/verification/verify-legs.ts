import { network } from '@ev/db'
import { legsRow } from '../network/legs-row.ts'
import type { NetworkMemory } from '../network/network-memory.ts'
import type { Verification } from './verification.ts'

/**
 * The stored counts are the log's, and they leave no pair to be made. While the tree's head says that rows are late (`mayBeLate`) or that
 * members wait for their pairs of the new month (`mayWait`), that is no difference: the network worker is about to write them.
 */
export async function verifyLegs(
  verification: Verification,
  memory: NetworkMemory,
  { mayBeLate, mayWait }: { mayBeLate: boolean; mayWait: boolean },
): Promise<void> {
  const { reader, found, before, count } = verification
  const limit = lowestLimit(verification, memory.index.month())
  let rows = 0
  for await (const page of network.legsPages(reader)) {
    count('nodes', page.length)
    for (const row of page) {
      rows += 1
      const { pairsMonth, pairsThisMonth, ...expected } = legsRow(memory.index, row.seq)
      const { pairsMonth: storedMonth, pairsThisMonth: storedPairs, ...actual } = row
      if (!mayBeLate)
        found.expectEqual('legs.counts', `node ${row.seq}`, {
          expected: JSON.stringify(expected),
          actual: JSON.stringify(orderedLike(expected, actual)),
        })
      // What the replaced platform had left unmatched is matched once legs change.
      const mayPair = !mayWait && row.seq > before.lastPlacementSeq && pairsThisMonth < limit
      found.expectEqual('pair.missing', `node ${row.seq}`, {
        expected: 0,
        actual: mayPair ? unmatchedPairs(expected) : 0,
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

/** How many pairs a node could still make. */
function unmatchedPairs(legs: Omit<network.LegsRow, 'pairsMonth' | 'pairsThisMonth'>): number {
  return Math.min(legs.leftQualified - legs.leftConsumed, legs.rightQualified - legs.rightConsumed)
}

/** Under a limit that was raised within the month, members are matched again only when their legs change. */
function lowestLimit({ plans, now }: Verification, month: string): number {
  const began = new Date(`${month}-01T00:00:00.000+05:30`)
  return Math.min(...plans.during({ from: began, to: now }).map(({ monthlyPairLimit }) => monthlyPairLimit))
}
