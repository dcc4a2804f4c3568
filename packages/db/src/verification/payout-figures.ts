import type { Reader } from '../client.ts'
import { directTable } from '../direct/table.ts'
import type { Payout } from '../generated/sqlite/client.ts'
import { directOf } from '../tx.ts'
import { groupedBy, page, pages } from './pages.ts'
import { rangeOf, tablePage, tableRange } from './table-pages.ts'
import { holdFacts, payoutPartFacts, payoutTable, tdsRecordTable } from './verified-tables.ts'

/** Payouts with their holds, the rows of their parts, and whether the tax may depend on a PAN: the member's papers hold one or were erased. */
export const readPayouts = (reader: Reader) => async (after: number) => {
  const payouts = await tablePage(reader, 'payouts', payoutTable)(after)
  const of = { column: 'payout_id', range: rangeOf(payouts) }
  const holds = await tableRange(reader, 'holds', holdFacts, of)
  const parts = await tableRange(reader, 'payout_transactions', payoutPartFacts, of)
  const holdOf = new Map(holds.map((hold) => [hold.payoutId, hold]))
  const partsOf = groupedBy(parts, ({ payoutId }) => payoutId)
  const withPan = new Set(
    (
      await directOf(reader).rows(
        `SELECT p.id FROM payouts p JOIN users u ON u.id = p.user_id LEFT JOIN kyc k ON k.user_id = p.user_id
        WHERE p.id > ? AND p.id <= ? AND (k.pan_hash IS NOT NULL OR u.erased_at IS NOT NULL)`,
        [of.range.after, of.range.upTo],
      )
    ).map(([id]) => Number(id)),
  )
  return payouts.map((payout) => ({
    ...payout,
    hold: holdOf.get(payout.id) ?? null,
    transactions: partsOf.get(payout.id) ?? [],
    mayHaveHadPan: withPan.has(payout.id),
  }))
}

const completedFacts = directTable<
  Pick<Payout, 'id' | 'userId' | 'requestedAmount' | 'tdsAmount' | 'completedAt' | 'updatedAt'>
>({
  id: 'int',
  userId: 'int',
  requestedAmount: 'bigint',
  tdsAmount: 'bigint',
  completedAt: 'instant',
  updatedAt: 'instant',
})

/** Completed payouts with what the tax records say of them. */
export const completedPayoutPages = (reader: Reader) =>
  pages(tablePage(reader, 'payouts', completedFacts, { sql: "t.status = 'completed'", values: [] }))

export const tdsRecordPages = (reader: Reader) => pages(tablePage(reader, 'tds_records', tdsRecordTable))

/** Batches with the transfers of their payouts. */
export const batchPages = (reader: Reader) =>
  pages((after) =>
    reader.payoutBatch.findMany({ ...page(after), include: { payouts: { select: { transferAmount: true } } } }),
  )
