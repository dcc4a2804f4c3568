import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { poolOptions } from './connection-options.ts'

/** One plain connection to MySQL, for statements that Prisma's client does not run (DDL, named locks). */
export type PlainConnection = {
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
}

/** Opens one connection for `use` and closes it afterwards. Without `database` none is selected. */
export async function withConnection<T>(
  url: string,
  use: (connection: PlainConnection) => Promise<T>,
  { database = true }: { database?: boolean } = {},
): Promise<T> {
  const { database: name, ...server } = poolOptions(url, { poolSize: 1 })
  const adapter = await new PrismaMariaDb(
    database && name !== undefined ? { ...server, database: name } : server,
  ).connect()
  try {
    const connection = await adapter.underlyingDriver().getConnection()
    try {
      return await use({
        query: async (sql, values) => {
          const rows: unknown = await connection.query({ sql, bigIntAsNumber: true }, values && [...values])
          return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : []
        },
      })
    } finally {
      await connection.release()
    }
  } finally {
    await adapter.dispose()
  }
}
