import { DomainError, type Paise, type WalletTransactionType } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { WalletTransaction } from './generated/sqlite/client.ts'
import {
  type BeforeBounds,
  byAge,
  type CreatedFilter,
  createdWhere,
  type OwnerFilter,
  olderWhere,
  ownerWhere,
  type PageBounds,
} from './list-filters.ts'
import { pageOf } from './page-of.ts'

export type WalletTransactionRow = WalletTransaction

export type WalletTransactionFilter = OwnerFilter &
  CreatedFilter & {
    readonly transactionType?: WalletTransactionType | undefined
    readonly referenceType?: string | undefined
  }

function whereOf(filter: WalletTransactionFilter) {
  return {
    ...ownerWhere(filter),
    ...createdWhere(filter),
    ...(filter.transactionType && { transactionType: filter.transactionType }),
    ...(filter.referenceType && { referenceType: filter.referenceType }),
  }
}

/** One page by number, newest first, and how many rows there are in all. */
export async function list(
  reader: Reader,
  filter: WalletTransactionFilter,
  page: PageBounds,
): Promise<{ count: number; rows: WalletTransactionRow[] }> {
  const where = whereOf(filter)
  return pageOf({
    count: () => reader.walletTransaction.count({ where }),
    ids: () =>
      reader.walletTransaction.findMany({
        where,
        orderBy: byAge(filter, 'desc'),
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.walletTransaction.findMany({ where: ids }),
  })
}

/** The rows older than `before` (an id), newest first: a page in the middle costs what the first costs. */
export async function listBefore(
  reader: Reader,
  filter: WalletTransactionFilter,
  page: BeforeBounds,
): Promise<WalletTransactionRow[]> {
  const older = await olderWhere(filter, page, (id) =>
    reader.walletTransaction.findUnique({ where: { id }, select: { createdAt: true } }),
  )
  return reader.walletTransaction.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: byAge(filter, 'desc'),
    take: page.take,
  })
}

/** The first statement row of a journal entry. */
export function firstOfEntry(tx: Tx, journalEntryId: number): Promise<WalletTransactionRow> {
  return tx.walletTransaction.findFirstOrThrow({ where: { journalEntryId }, orderBy: { id: 'asc' } })
}

/** A member's rows of a period, oldest first, and the balance before the first of them. */
export type Statement = {
  readonly opening: Paise
  readonly rows: readonly WalletTransactionRow[]
  readonly count: number
}

/**
 * The statement from `from` up to but not including `until`; `rows` are empty when there are more than `limit`, and `count` says how many there are.
 * A period is a run of rows: it begins with the first row written at or after its start. So periods that follow each other share no row and
 * miss none, even where two rows were written in another order than their times.
 */
export async function statement(
  reader: Reader,
  { userId, from, until, limit }: { userId: number; from: Date; until: Date; limit: number },
): Promise<Statement> {
  const [first, next] = [await firstRowSince(reader, userId, from), await firstRowSince(reader, userId, until)]
  const before = await reader.walletTransaction.findFirst({
    where: { userId, ...(first && { id: { lt: first.id } }) },
    orderBy: { id: 'desc' },
    select: { balanceAfter: true },
  })
  const opening = before?.balanceAfter ?? 0n
  if (!first) return { opening, rows: [], count: 0 }
  const where = { userId, id: { gte: first.id, ...(next && { lt: next.id }) } }
  const count = await reader.walletTransaction.count({ where })
  const rows = count > limit ? [] : await reader.walletTransaction.findMany({ where, orderBy: { id: 'asc' } })
  return { opening, rows, count }
}

function firstRowSince(reader: Reader, userId: number, since: Date): Promise<{ id: number } | null> {
  return reader.walletTransaction.findFirst({
    where: { userId, createdAt: { gte: since } },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
}

/** One row, or the refusal `wallet.transaction_not_found`; `ownedBy` hides other members' rows. */
export async function get(
  reader: Reader,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<WalletTransactionRow> {
  const row = await reader.walletTransaction.findUnique({ where: { id } })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('wallet.transaction_not_found')
  return row
}
