import { DomainError, type WalletTransactionType } from '@ev/domain'
import type { Reader } from './client.ts'
import type { WalletTransaction } from './generated/sqlite/client.ts'
import {
  type BeforeBounds,
  beforeWhere,
  type CreatedFilter,
  createdWhere,
  type OwnerFilter,
  ownerWhere,
  type PageBounds,
} from './list-filters.ts'

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
  const [count, rows] = await Promise.all([
    reader.walletTransaction.count({ where }),
    reader.walletTransaction.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
}

/** The rows older than `before` (an id), newest first: a page in the middle costs what the first costs. */
export function listBefore(
  reader: Reader,
  filter: WalletTransactionFilter,
  page: BeforeBounds,
): Promise<WalletTransactionRow[]> {
  return reader.walletTransaction.findMany({
    where: { ...whereOf(filter), ...beforeWhere(page) },
    orderBy: { id: 'desc' },
    take: page.take,
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
