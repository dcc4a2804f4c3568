import Connection from 'better-sqlite3'
import { sqliteFile } from '../../database-url.ts'
import { withConnection } from '../../mysql/single-connection.ts'
import type { Cell, NewRow, TableRows } from './rows.ts'

const rowsAStatement = 1_000

/**
 * Writes the tables in their order, a thousand rows to a statement, without looking at foreign keys meanwhile; then the optimiser's
 * statistics are taken anew. Told of every table when it is done.
 */
export function insertTables(
  url: string,
  tables: readonly TableRows[],
  onTable: (table: string, count: number) => void,
): Promise<void> {
  return url.startsWith('mysql://') ? insertIntoMysql(url, tables, onTable) : insertIntoSqlite(url, tables, onTable)
}

async function insertIntoMysql(
  url: string,
  tables: readonly TableRows[],
  onTable: (table: string, count: number) => void,
): Promise<void> {
  await withConnection(url, async ({ query }) => {
    await query('SET foreign_key_checks = 0')
    // A backslash in a text is one, as on SQLite.
    await query(`SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')`)
    for (const { table, rows } of tables) {
      let count = 0
      await query('START TRANSACTION')
      for (const page of inPages(rows)) {
        await query(statement(table, page, (at) => at.toISOString().slice(0, -1).replace('T', ' ')))
        count += page.length
      }
      await query('COMMIT')
      await query(`ANALYZE TABLE ${table}`)
      onTable(table, count)
    }
    await query('SET foreign_key_checks = 1')
  })
}

async function insertIntoSqlite(
  url: string,
  tables: readonly TableRows[],
  onTable: (table: string, count: number) => void,
): Promise<void> {
  const connection = new Connection(sqliteFile(url))
  try {
    connection.pragma('foreign_keys = OFF')
    for (const { table, rows } of tables) {
      let count = 0
      connection.exec('BEGIN')
      for (const page of inPages(rows)) {
        // The form in which Prisma's adapter stores an instant.
        connection.exec(statement(table, page, (at) => at.toISOString().replace('Z', '+00:00')))
        count += page.length
      }
      connection.exec('COMMIT')
      onTable(table, count)
    }
    connection.exec('ANALYZE')
    const broken = connection.pragma('foreign_key_check') as { table: string }[]
    if (broken.length > 0) throw new Error(`${broken.length} rows refer to nothing, the first in ${broken[0]?.table}.`)
  } finally {
    connection.close()
  }
}

function* inPages(rows: Iterable<NewRow>): Generator<NewRow[]> {
  let page: NewRow[] = []
  for (const row of rows) {
    page.push(row)
    if (page.length < rowsAStatement) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

function statement(table: string, page: readonly NewRow[], instant: (at: Date) => string): string {
  const columns = Object.keys(page[0] ?? {}).map((column) => `\`${column}\``)
  const values = page.map(
    (row) =>
      `(${Object.values(row)
        .map((cell) => literal(cell, instant))
        .join(',')})`,
  )
  return `INSERT INTO ${table} (${columns.join(',')}) VALUES ${values.join(',')}`
}

function literal(cell: Cell, instant: (at: Date) => string): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  return `'${(cell instanceof Date ? instant(cell) : cell).replaceAll("'", "''")}'`
}
