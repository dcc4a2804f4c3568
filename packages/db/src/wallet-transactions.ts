import { DomainError, type WalletTransactionType } from '@ev/domain'
import type { Reader } from './client.ts'
import type { WalletTransaction } from './generated/sqlite/client.ts'

export type WalletTransactionRow = WalletTransaction

export type WalletTransactionFilter = {
  readonly userId?: number | undefined
  readonly transactionType?: WalletTransactionType | undefined
  readonly referenceType?: string | undefined
}

function whereOf(filter: WalletTransactionFilter) {
  return {
    ...(filter.userId !== undefined && { userId: filter.userId }),
    ...(filter.transactionType && { transactionType: filter.transactionType }),
    ...(filter.referenceType && { referenceType: filter.referenceType }),
  }
}

/** One page by number, newest first, and how many rows there are in all. */
export async function list(
  reader: Reader,
  filter: WalletTransactionFilter,
  page: { skip: number; take: number },
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
  page: { before: number | null; take: number },
): Promise<WalletTransactionRow[]> {
  return reader.walletTransaction.findMany({
    where: { ...whereOf(filter), ...(page.before !== null && { id: { lt: page.before } }) },
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
