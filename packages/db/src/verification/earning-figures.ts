import type { Reader } from '../client.ts'
import { pairTable } from '../direct/tables.ts'
import { rangeOf, tablePage, tableRange } from './table-pages.ts'
import { earningTable } from './verified-tables.ts'

/** Pairs with what they earned. */
export const readPairs = (reader: Reader) => async (after: number) => {
  const pairs = await tablePage(reader, 'pairs', pairTable)(after)
  const earnings = await tableRange(reader, 'earnings', earningTable, { column: 'pair_id', range: rangeOf(pairs) })
  const earned = new Map(earnings.map((earning) => [earning.pairId, earning]))
  return pairs.map((pair) => ({ ...pair, earning: earned.get(pair.id) ?? null }))
}
