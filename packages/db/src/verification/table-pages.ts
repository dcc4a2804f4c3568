import type { Reader } from '../client.ts'
import { allOf, type Condition } from '../direct/conditions.ts'
import type { DirectTable } from '../direct/table.ts'
import { directOf } from '../tx.ts'
import { type IdRange, rowsAPage } from './pages.ts'

/** Rows of a table with an id above `after`, in order of their ids and as many as a page has; those that meet the condition when there is one. */
export function tablePage<Row>(
  reader: Reader,
  name: string,
  table: DirectTable<Row>,
  where: Condition | null = null,
): (after: number) => Promise<Row[]> {
  return async (after) => {
    const asked = allOf([{ sql: 't.id > ?', values: [after] }, where])
    const rows = await directOf(reader).rows(
      `SELECT ${table.columns('t')} FROM ${name} t WHERE ${asked.sql} ORDER BY t.id LIMIT ${rowsAPage}`,
      asked.values,
    )
    return rows.map((row) => table.read(row))
  }
}

/** Rows of a table that refer by `column` to ids of a range, in order of what they refer to and then of their own column `orderedBy`. */
export async function tableRange<Row>(
  reader: Reader,
  name: string,
  table: DirectTable<Row>,
  { column, range, orderedBy = 'id' }: { column: string; range: IdRange; orderedBy?: string },
): Promise<Row[]> {
  const rows = await directOf(reader).rows(
    `SELECT ${table.columns('t')} FROM ${name} t WHERE t.${column} > ? AND t.${column} <= ? ORDER BY t.${column}, t.${orderedBy}`,
    [range.after, range.upTo],
  )
  return rows.map((row) => table.read(row))
}

/** The ids of a page of rows, as a range. */
export const rangeOf = (rows: readonly { readonly id: number }[]): IdRange => ({
  after: rows.length === 0 ? 0 : rows[0]!.id - 1,
  upTo: rows.at(-1)?.id ?? 0,
})
