import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import Sqlite from 'better-sqlite3'
import { sqliteFile } from '../database-url.ts'
import { poolOptions } from '../mysql/connection-options.ts'

/** What placing members writes, in the order in which rows refer to each other, each table with its growing key. */
const tables = [
  { table: 'idempotency_records', key: 'id' },
  { table: 'placements', key: 'seq' },
  { table: 'pairs', key: 'id' },
  { table: 'outbox_messages', key: 'id' },
  { table: 'legs', key: 'seq' },
] as const

type Table = (typeof tables)[number]['table']

/** The newest key of each of these tables. */
export type NetworkMark = Readonly<Record<Table, number>>

type Value = string | number | bigint | null

type Connection = {
  rows(sql: string, values: readonly Value[]): Promise<Record<string, Value>[]>
  run(sql: string, values: readonly Value[]): Promise<void>
  /** Deletes the rows of a table behind a key, those that refer to others of them first. */
  remove(table: Table, key: string, after: number): Promise<void>
  close(): Promise<void>
}

const rowsAStatement = 128

/** The bare driver on the tables of the tree. */
export async function openBareNetwork(url: string) {
  const connection = url.startsWith('mysql://') ? await openMysql(url) : openSqlite(sqliteFile(url))
  return {
    async mark(): Promise<NetworkMark> {
      const marks = { idempotency_records: 0, placements: 0, pairs: 0, outbox_messages: 0, legs: 0 }
      for (const { table, key } of tables) {
        const [row] = await connection.rows(`SELECT COALESCE(MAX(${key}), 0) AS last FROM ${table}`, [])
        marks[table] = Number(row!['last'])
      }
      return marks
    },
    /** Removes every row behind the mark and writes the same rows again in so many transactions; answers the seconds that the writing took. */
    async rewrite(mark: NetworkMark, { transactions }: { transactions: number }): Promise<number> {
      const kept = new Map<Table, Record<string, Value>[]>()
      for (const { table, key } of tables) {
        kept.set(table, await connection.rows(`SELECT * FROM ${table} WHERE ${key} > ? ORDER BY ${key}`, [mark[table]]))
      }
      for (const { table, key } of [...tables].reverse()) await connection.remove(table, key, mark[table])
      const startedAt = performance.now()
      for (let nth = 0; nth < transactions; nth += 1) {
        await connection.run('BEGIN', [])
        for (const [table, rows] of kept) {
          const part = (at: number) => Math.floor((at * rows.length) / transactions)
          await insert(connection, table, rows.slice(part(nth), part(nth + 1)))
        }
        await connection.run('COMMIT', [])
      }
      return (performance.now() - startedAt) / 1_000
    },
    close: () => connection.close(),
  }
}

async function insert(connection: Connection, table: Table, rows: readonly Record<string, Value>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const one = `(${columns.map(() => '?').join()})`
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    const page = rows.slice(from, from + rowsAStatement)
    const sql = `INSERT INTO ${table} (${columns.join()}) VALUES ${page.map(() => one).join()}`
    await connection.run(
      sql,
      page.flatMap((row) => columns.map((column) => row[column]!)),
    )
  }
}

function openSqlite(file: string): Connection {
  const database = new Sqlite(file)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32000;',
  )
  const prepared = new Map<string, Sqlite.Statement>()
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  return {
    rows: async (sql, values) => statement(sql).all(...values) as Record<string, Value>[],
    async run(sql, values) {
      statement(sql).run(...values)
    },
    async remove(table, key, after) {
      database.exec('PRAGMA foreign_keys = OFF')
      statement(`DELETE FROM ${table} WHERE ${key} > ?`).run(after)
      database.exec('PRAGMA foreign_keys = ON')
    },
    async close() {
      database.close()
    },
  }
}

async function openMysql(url: string): Promise<Connection> {
  const pool = (await new PrismaMariaDb(poolOptions(url, { poolSize: 4 })).connect()).underlyingDriver()
  const connection = await pool.getConnection()
  const asTold = { dateStrings: true, autoJsonMap: false, jsonStrings: true, bitOneIsBoolean: false }
  return {
    rows: (sql, values) => connection.execute<Record<string, Value>[]>({ sql, ...asTold }, [...values]),
    async run(sql, values) {
      if (values.length === 0) await connection.query(sql)
      else await connection.execute(sql, [...values])
    },
    async remove(table, key, after) {
      await connection.execute(`DELETE FROM ${table} WHERE ${key} > ? ORDER BY ${key} DESC`, [after])
    },
    async close() {
      await connection.release()
      await pool.end()
    },
  }
}
