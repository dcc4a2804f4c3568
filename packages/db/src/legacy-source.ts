import { databaseName } from './mysql/connection-options.ts'
import { type PlainConnection, withConnection } from './mysql/single-connection.ts'

/** A row of the replaced platform, every column as the text that its database writes it as. */
export type LegacyRecord = Readonly<Record<string, string | null>>

export type LegacySource = {
  /** The columns of every table, in the tables' order. */
  columns(): Promise<Map<string, string[]>>
  /** The rows of a table behind an id, at most `limit`, by growing id. The names come from the mapping and the database's own catalogue. */
  page(table: string, columns: readonly string[], { after, limit }: PageAfter): Promise<LegacyRecord[]>
}

type PageAfter = { readonly after: string; readonly limit: number }

/** Opens the database of the replaced platform for reading: one transaction that can only read, so that every table is seen at one moment. */
export function withLegacySource<T>(url: string, use: (source: LegacySource) => Promise<T>): Promise<T> {
  return withConnection(url, async (connection) => {
    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
    try {
      return await use(sourceOn(connection, databaseName(url)))
    } finally {
      await connection.query('ROLLBACK')
    }
  })
}

function sourceOn(connection: PlainConnection, database: string): LegacySource {
  return {
    async columns() {
      const rows = await connection.query(
        `SELECT table_name AS t, column_name AS c FROM information_schema.columns
         WHERE table_schema = ? ORDER BY table_name, ordinal_position`,
        [database],
      )
      const tables = new Map<string, string[]>()
      for (const { t, c } of rows) tables.set(String(t), [...(tables.get(String(t)) ?? []), String(c)])
      return tables
    },
    async page(table, columns, { after, limit }) {
      const texts = columns.map((name) => `CAST(\`${name}\` AS CHAR) AS \`${name}\``).join(', ')
      const rows = await connection.query(
        `SELECT ${texts} FROM \`${table}\` AS source WHERE source.id > ? ORDER BY source.id LIMIT ${limit}`,
        [after],
      )
      return rows as LegacyRecord[]
    },
  }
}
