import type { Reader, Tx } from './client.ts'
import type { Earning } from './generated/sqlite/client.ts'
import type { EarningCreateManyInput } from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'
import { pageOf } from './page-of.ts'

export type EarningRow = Earning

export async function insert(tx: Tx, data: EarningCreateManyInput): Promise<void> {
  await tx.earning.create({ data })
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

/** What a pair earned with the journal entry that credited it and its lines; null while the pair is not credited. */
export function findOfPair(reader: Reader, pairId: number) {
  return reader.earning.findUnique({
    where: { pairId },
    include: { journalEntry: { include: { lines: { orderBy: { id: 'asc' } } } } },
  })
}

export type EarningWithEntry = NonNullable<Awaited<ReturnType<typeof findOfPair>>>
