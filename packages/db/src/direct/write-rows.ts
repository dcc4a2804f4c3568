import { directOf, providerOf, type Tx } from '../tx.ts'
import type { DirectValue } from './direct.ts'
import { columnOf } from './table.ts'

/** How rows of one kind are written: the table, and each column with its value. */
export type RowWriter<Row> = {
  readonly table: string
  readonly columns: Readonly<Record<string, (row: Row) => DirectValue>>
}

/** Writes these fields of a row as the generated client names them. */
export function fieldWriter<Row extends Readonly<Record<Field, DirectValue>>, Field extends string>(
  table: string,
  fields: readonly Field[],
): RowWriter<Row> {
  return { table, columns: Object.fromEntries(fields.map((field) => [columnOf(field), (row: Row) => row[field]])) }
}

/** A power of two, so that a table has a handful of statements whatever the number of rows. */
const mostRowsAStatement = 128

/** Inserts rows in their order, up to 128 to a statement. */
export function insertRows<Row>(tx: Tx, writer: RowWriter<Row>, rows: readonly Row[]): Promise<void> {
  return write(tx, writer, rows, '')
}

/** The same, overwriting those whose unique column `key` exists already. */
export function upsertRows<Row>(
  tx: Tx,
  writer: RowWriter<Row>,
  rows: readonly Row[],
  { key }: { key: string },
): Promise<void> {
  const others = Object.keys(writer.columns).filter((column) => column !== key)
  return write(tx, writer, rows, ` ${overwriteClause(tx, key, others)}`)
}

// VALUES(…) is the one way to name the new value that MySQL and MariaDB both read.
function overwriteClause(tx: Tx, key: string, columns: readonly string[]): string {
  return providerOf(tx) === 'mysql'
    ? `ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`
    : `ON CONFLICT (${key}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`
}

async function write<Row>(
  tx: Tx,
  { table, columns }: RowWriter<Row>,
  rows: readonly Row[],
  ending: string,
): Promise<void> {
  const names = Object.keys(columns)
  const readers = Object.values(columns)
  const oneRow = `(${names.map(() => '?').join(', ')})`
  const opening = `INSERT INTO ${table} (${names.join(', ')}) VALUES `
  for (let from = 0; from < rows.length; ) {
    const count = rowsOfNextStatement(rows.length - from)
    const values: DirectValue[] = []
    for (let at = from; at < from + count; at += 1) for (const read of readers) values.push(read(rows[at]!))
    await directOf(tx).run(`${opening}${Array(count).fill(oneRow).join(', ')}${ending}`, values)
    from += count
  }
}

/** A few rows are the most usual case and go together; more are sent in powers of two. */
const fewRows = 8

function rowsOfNextStatement(left: number): number {
  return left <= fewRows ? left : Math.min(mostRowsAStatement, 2 ** Math.floor(Math.log2(left)))
}
