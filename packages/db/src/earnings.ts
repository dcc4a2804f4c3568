import type { Reader, Tx } from './client.ts'
import type { Earning } from './generated/sqlite/client.ts'
import type { EarningCreateManyInput } from './generated/sqlite/models.ts'

export type EarningRow = Earning

export async function insert(tx: Tx, data: EarningCreateManyInput): Promise<void> {
  await tx.earning.create({ data })
}

export async function list(
  reader: Reader,
  filter: { userId?: number | undefined },
  page: { skip: number; take: number },
): Promise<{ count: number; rows: EarningRow[] }> {
  const where = filter.userId === undefined ? {} : { userId: filter.userId }
  const [count, rows] = await Promise.all([
    reader.earning.count({ where }),
    reader.earning.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
}
