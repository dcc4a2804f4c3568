import type { DirectRow } from '../direct/direct.ts'
import { directOf, type Reader, type Tx } from '../tx.ts'

const rowsAPage = 2_000

/** The rows of a whole table by growing key, page by page, past Prisma's client: the first column is the key. */
export async function* directPages<Row>(
  reader: Reader | Tx,
  { columns, table, key }: { columns: string; table: string; key: string },
  read: (row: DirectRow) => Row,
): AsyncGenerator<Row[]> {
  const sql = `SELECT ${columns} FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ${rowsAPage}`
  for (let after = 0; ; ) {
    const rows = await directOf(reader).rows(sql, [after])
    if (rows.length > 0) yield rows.map(read)
    if (rows.length < rowsAPage) return
    after = Number(rows.at(-1)![0])
  }
}

/** A number that may be missing, as the drivers give it. */
export const numberOrNull = (value: unknown) => (value === null ? null : Number(value))
