import type { Reader, Tx } from './client.ts'
import type { Earning } from './generated/sqlite/client.ts'
import type { EarningCreateManyInput } from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'
import { pageOf } from './page-of.ts'

export type EarningRow = Earning

export async function insert(tx: Tx, data: EarningCreateManyInput): Promise<void> {
  await tx.earning.create({ data })
}

/** What a pair earned; null while it is not credited. */
export function find(reader: Reader | Tx, pairId: number): Promise<EarningRow | null> {
  return reader.earning.findUnique({ where: { pairId } })
}

/** The whole earning is taken back. */
export async function markReversed(tx: Tx, { id, amount }: Pick<EarningRow, 'id' | 'amount'>): Promise<void> {
  await tx.earning.update({ where: { id }, data: { reversedAmount: amount } })
}

export async function list(
  reader: Reader,
  where: { readonly userId: number },
  page: PageBounds,
): Promise<{ count: number; rows: EarningRow[] }> {
  return pageOf({
    count: () => reader.earning.count({ where }),
    ids: () =>
      reader.earning.findMany({
        where,
        orderBy: { id: 'desc' },
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.earning.findMany({ where: ids }),
  })
}

const withLines = { lines: { orderBy: { id: 'asc' } } } as const

/**
 * What a pair earned with the journal entry that credited it, the one that took it back, and their lines; null while the pair is not
 * credited.
 */
export function findOfPair(reader: Reader, pairId: number) {
  return reader.earning.findUnique({
    where: { pairId },
    include: { journalEntry: { include: { ...withLines, reversedBy: { include: withLines } } } },
  })
}

export type EarningWithEntry = NonNullable<Awaited<ReturnType<typeof findOfPair>>>
