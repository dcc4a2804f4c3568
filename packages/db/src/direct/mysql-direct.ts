import type { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { Direct, DirectValue } from './direct.ts'

type Adapter = Awaited<ReturnType<PrismaMariaDb['connect']>>
/** A pool, or one connection of it. */
export type MysqlConnection = Pick<ReturnType<Adapter['underlyingDriver']>, 'execute'>

export function isMysqlConnection(value: unknown): value is MysqlConnection {
  return typeof value === 'object' && value !== null && 'execute' in value && typeof value.execute === 'function'
}

/**
 * How connections give rows; dates stay texts, because the driver would read them in the time zone of the process. Options of the connection, because
 * the driver copies all eighty of them for each statement that brings its own, which took a twelfth of the processor time of a request that writes.
 */
export const asTold = {
  rowsAsArray: true,
  dateStrings: true,
  autoJsonMap: false,
  jsonStrings: true,
  bitOneIsBoolean: false,
} as const

/** Speaks to MySQL or MariaDB over connections with the options `asTold`; each keeps the statements that it has prepared. What it throws is the driver's own error. */
export function mysqlDirect(connection: MysqlConnection): Direct {
  return {
    rows: (sql, values) => connection.execute<unknown[][]>(sql, values.map(toMysql)),
    async run(sql, values) {
      const { insertId, affectedRows } = await connection.execute<Outcome>(sql, values.map(toMysql))
      return { insertId: Number(insertId), affected: affectedRows }
    },
  }
}

type Outcome = { readonly insertId: bigint | number; readonly affectedRows: number }

function toMysql(value: DirectValue): string | number | bigint | null {
  if (value instanceof Date) return value.toISOString().slice(0, -1).replace('T', ' ')
  if (typeof value === 'boolean') return value ? 1 : 0
  return value
}
