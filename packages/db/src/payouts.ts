import { DomainError, type Paise, type PayoutTransactionType } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Payout, PayoutTransaction } from './generated/sqlite/client.ts'
import type { PayoutCreateManyInput } from './generated/sqlite/models.ts'
import {
  byAge,
  type CreatedFilter,
  createdWhere,
  type OwnerFilter,
  ownerWhere,
  type PageBounds,
} from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'

export type PayoutRow = Payout

export function insert(tx: Tx, data: PayoutCreateManyInput): Promise<PayoutRow> {
  return tx.payout.create({ data })
}

/** The payout, or the refusal `payout.not_found`; `ownedBy` hides other members' payouts. */
export async function get(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<PayoutRow> {
  const row = await reader.payout.findUnique({ where: { id } })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('payout.not_found')
  return row
}

export async function lock(tx: Tx, id: number, { ownedBy }: { ownedBy: number | null }): Promise<PayoutRow> {
  await lockRows(tx, 'payouts', [id])
  return get(tx, id, { ownedBy })
}

/** Locks a payout that need not exist. */
export async function lockIfAny(tx: Tx, id: number): Promise<PayoutRow | null> {
  await lockRows(tx, 'payouts', [id])
  return tx.payout.findUnique({ where: { id } })
}

/** Payouts whose transfer the bank has taken and not finished, those first that were not looked at longest. */
export async function findUnderway(reader: Reader, { limit }: { limit: number }): Promise<number[]> {
  const rows = await reader.payout.findMany({
    where: { status: 'processing', batchId: null, bankTransferId: { not: null } },
    orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

export function update(tx: Tx, id: number, data: Partial<PayoutCreateManyInput>): Promise<PayoutRow> {
  return tx.payout.update({ where: { id }, data })
}

export type PayoutTransactionRow = PayoutTransaction

export type PayoutFilter = OwnerFilter &
  CreatedFilter & { readonly status?: Payout['status'] | undefined; readonly batchId?: number | undefined }

/** One page by number, by age, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: PayoutFilter,
  page: PageBounds & { direction: 'asc' | 'desc' },
): Promise<{ count: number; rows: PayoutRow[] }> {
  const where = {
    ...ownerWhere(filter),
    ...createdWhere(filter),
    ...(filter.status && { status: filter.status }),
    ...(filter.batchId !== undefined && { batchId: filter.batchId }),
  }
  return pageOf({
    count: () => reader.payout.count({ where }),
    ids: () =>
      reader.payout.findMany({
        where,
        orderBy: byAge(filter, page.direction),
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.payout.findMany({ where: ids }),
  })
}

/** From the first instant up to but not including the second. */
export type CompletedIn = { readonly from: Date; readonly until: Date }

const completedWhere = ({ from, until }: CompletedIn) =>
  ({ status: 'completed', completedAt: { gte: from, lt: until } }) as const

export function countCompleted(reader: Reader | Tx, period: CompletedIn): Promise<number> {
  return reader.payout.count({ where: completedWhere(period) })
}

/** The payouts completed in a period in order of completion, with their members' names; the caller has counted them. */
export function completedWithMembers(reader: Reader | Tx, period: CompletedIn) {
  return reader.payout.findMany({
    where: completedWhere(period),
    include: { user: { select: { firstName: true, lastName: true } } },
    orderBy: [{ completedAt: 'asc' }, { id: 'asc' }],
  })
}

export function countPending(reader: Reader, userId: number): Promise<number> {
  return reader.payout.count({ where: { userId, status: 'pending' } })
}

export async function insertHold(
  tx: Tx,
  { userId, payoutId, amount, now }: { userId: number; payoutId: number; amount: bigint; now: Date },
): Promise<void> {
  await tx.hold.create({ data: { userId, payoutId, amount, createdAt: now } })
}

/** What a member's payouts that are not ended yet come to. */
export async function openSums(reader: Reader | Tx, userId: number): Promise<{ requested: bigint; tds: bigint }> {
  const { _sum } = await reader.payout.aggregate({
    where: { userId, status: { in: ['pending', 'processing'] } },
    _sum: { requestedAmount: true, tdsAmount: true },
  })
  return { requested: _sum.requestedAmount ?? 0n, tds: _sum.tdsAmount ?? 0n }
}

/** Closes a hold once; a hold that is already closed is a fault. */
export async function closeHold(
  tx: Tx,
  { payoutId, status, now }: { payoutId: number; status: 'released' | 'captured'; now: Date },
): Promise<void> {
  const { count } = await tx.hold.updateMany({ where: { payoutId, status: 'active' }, data: { status, closedAt: now } })
  if (count !== 1) throw new Error(`The hold of payout ${payoutId} is not active.`)
}

const descriptions = {
  payout: 'Transfer to the bank account',
  tds: 'Tax deducted at source',
  emi_auto_fill: 'Paid towards EMI',
} as const satisfies Record<PayoutTransactionType, string>

/** Writes the parts of a completed payout; each type once. */
export async function insertTransactions(
  tx: Tx,
  payout: { id: number; userId: number },
  parts: readonly { type: PayoutTransactionType; amount: Paise }[],
  now: Date,
): Promise<void> {
  await tx.payoutTransaction.createMany({
    data: parts.map(({ type, amount }) => ({
      payoutId: payout.id,
      userId: payout.userId,
      transactionType: type,
      amount,
      description: descriptions[type],
      createdAt: now,
    })),
  })
}

export async function listTransactions(
  reader: Reader,
  filter: OwnerFilter & { readonly payoutId?: number | undefined },
  page: PageBounds,
): Promise<{ count: number; rows: PayoutTransaction[] }> {
  const where = { ...ownerWhere(filter), ...(filter.payoutId !== undefined && { payoutId: filter.payoutId }) }
  return pageOf({
    count: () => reader.payoutTransaction.count({ where }),
    ids: () =>
      reader.payoutTransaction.findMany({
        where,
        orderBy: { id: 'desc' },
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.payoutTransaction.findMany({ where: ids }),
  })
}
