import type { Reader } from '../client.ts'
import { page, pages, rowsAPage } from './pages.ts'

/** What each member asked for in payouts of a state. */
export async function payoutSums(
  reader: Reader,
  statuses: readonly ('pending' | 'processing' | 'completed')[],
): Promise<Map<number, bigint>> {
  const rows = await reader.payout.groupBy({
    by: ['userId'],
    where: { status: { in: [...statuses] } },
    _sum: { requestedAmount: true },
  })
  return new Map(rows.map(({ userId, _sum }) => [userId, _sum.requestedAmount ?? 0n]))
}

/** Completed payouts whose parts do not add up to what was requested; at most `limit`. */
export async function unequalPayouts(
  reader: Reader,
  limit: number,
): Promise<{ id: number; parts: bigint; requested: bigint }[]> {
  const parts = new Map(
    (await reader.payoutTransaction.groupBy({ by: ['payoutId'], _sum: { amount: true } })).map(({ payoutId, _sum }) => [
      payoutId,
      _sum.amount ?? 0n,
    ]),
  )
  const found: { id: number; parts: bigint; requested: bigint }[] = []
  for await (const page of pages((after) =>
    reader.payout.findMany({
      where: { status: 'completed', id: { gt: after } },
      select: { id: true, requestedAmount: true },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )) {
    for (const { id, requestedAmount } of page) {
      const sum = parts.get(id) ?? 0n
      if (sum !== requestedAmount && found.length < limit) found.push({ id, parts: sum, requested: requestedAmount })
    }
  }
  return found
}

export const completedPayoutPages = (reader: Reader) =>
  pages((after) =>
    reader.payout.findMany({
      where: { status: 'completed', id: { gt: after } },
      select: { id: true, userId: true, requestedAmount: true, tdsAmount: true, completedAt: true },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )

export const tdsRecordPages = (reader: Reader) => pages((after) => reader.tdsRecord.findMany(page(after)))

/** Payouts with their holds. */
export const payoutPages = (reader: Reader) =>
  pages((after) =>
    reader.payout.findMany({ ...page(after), include: { hold: { select: { amount: true, status: true } } } }),
  )

/** The keys of the journal entries about these payouts. */
export async function payoutEntryKeys(reader: Reader, payoutIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await reader.journalEntry.findMany({
    where: { referenceType: 'payout', referenceId: { in: [...payoutIds] } },
    select: { key: true, referenceId: true },
  })
  const keys = new Map<number, string[]>()
  for (const { key, referenceId } of rows) keys.set(referenceId, [...(keys.get(referenceId) ?? []), key])
  return keys
}

/** Batches with the transfers of their payouts. */
export const batchPages = (reader: Reader) =>
  pages((after) =>
    reader.payoutBatch.findMany({ ...page(after), include: { payouts: { select: { transferAmount: true } } } }),
  )
