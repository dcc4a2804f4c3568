import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Payout, PayoutBatch } from './generated/sqlite/client.ts'
import { type CreatedFilter, createdWhere, type PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'

export type PayoutBatchRow = PayoutBatch

export function insert(
  tx: Tx,
  data: { createdById: number; payoutCount: number; totalAmount: bigint; createdAt: Date },
): Promise<PayoutBatchRow> {
  return tx.payoutBatch.create({ data })
}

/** The batch, or the refusal `payout.batch_not_found`. */
export async function get(reader: Reader | Tx, id: number): Promise<PayoutBatchRow> {
  const row = await reader.payoutBatch.findUnique({ where: { id } })
  if (!row) throw new DomainError('payout.batch_not_found')
  return row
}

/** One page by number, newest first, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: CreatedFilter,
  page: PageBounds,
): Promise<{ count: number; rows: PayoutBatchRow[] }> {
  const where = createdWhere(filter)
  const [count, rows] = await Promise.all([
    reader.payoutBatch.count({ where }),
    reader.payoutBatch.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
}

/** How many payouts of each batch are in each state. */
export async function countByStatus(
  reader: Reader | Tx,
  batchIds: readonly number[],
): Promise<Map<number, Partial<Record<Payout['status'], number>>>> {
  const groups = await reader.payout.groupBy({
    by: ['batchId', 'status'],
    where: { batchId: { in: [...batchIds] } },
    _count: { id: true },
  })
  const counts = new Map<number, Partial<Record<Payout['status'], number>>>()
  for (const { batchId, status, _count } of groups) {
    counts.set(batchId!, { ...counts.get(batchId!), [status]: _count.id })
  }
  return counts
}

/** The payouts of a batch in order of id; a batch is never larger than what one request puts into it. */
export function payoutsOf(reader: Reader | Tx, batchId: number): Promise<Payout[]> {
  return reader.payout.findMany({ where: { batchId }, orderBy: { id: 'asc' } })
}

/** Payouts that wait for approval, oldest first. */
export async function pendingIds(reader: Reader | Tx, limit: number): Promise<number[]> {
  const rows = await reader.payout.findMany({
    where: { status: 'pending' },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Locks payouts in order of id and answers those that there are. */
export async function lockPayouts(tx: Tx, ids: readonly number[]): Promise<Payout[]> {
  const wanted = [...ids].sort((a, b) => a - b)
  await lockRows(tx, 'payouts', wanted)
  return tx.payout.findMany({ where: { id: { in: wanted } }, orderBy: { id: 'asc' } })
}

/** Puts locked payouts into a batch, all approved at the same moment. */
export async function approveInto(
  tx: Tx,
  ids: readonly number[],
  { batchId, approvedById, now }: { batchId: number; approvedById: number; now: Date },
): Promise<void> {
  const { count } = await tx.payout.updateMany({
    where: { id: { in: [...ids] }, status: 'pending' },
    data: { status: 'processing', batchId, approvedById, processedAt: now, updatedAt: now },
  })
  if (count !== ids.length) throw new Error('A payout of the batch changed under its lock.')
}

/** Notes when results came in for the first time. */
export async function noteResults(tx: Tx, id: number, now: Date): Promise<void> {
  await lockRows(tx, 'payout_batches', [id])
  await tx.payoutBatch.updateMany({ where: { id, resultsImportedAt: null }, data: { resultsImportedAt: now } })
}
