import type Sqlite from 'better-sqlite3'
import type { Direct } from './direct.ts'
import { toSqlite } from './sqlite-values.ts'

/** A connection whose statements are prepared once. */
export type PreparedStatements = { get(sql: string): Sqlite.Statement<unknown[], unknown[]> }

/** More than the platform has; a statement with a varying list in it must not fill the memory. */
const mostStatements = 500

export function preparedStatements(connection: Sqlite.Database): PreparedStatements {
  const statements = new Map<string, Sqlite.Statement<unknown[], unknown[]>>()
  return {
    get(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known
      // The oldest one goes: what is in use is soon back.
      if (statements.size >= mostStatements) statements.delete(statements.keys().next().value!)
      const prepared = connection.prepare<unknown[], unknown[]>(sql)
      if (prepared.reader) prepared.raw()
      statements.set(sql, prepared)
      return prepared
    },
  }
}

/** Speaks to one SQLite connection, with each statement that `before` does not throw at; what it throws itself is the driver's own error. */
export function sqliteDirect(statements: PreparedStatements, { before }: { before(sql: string): void }): Direct {
  return {
    async rows(sql, values) {
      before(sql)
      return statements.get(sql).all(toSqlite(values)) as unknown[][]
    },
    async run(sql, values) {
      before(sql)
      const { lastInsertRowid, changes } = statements.get(sql).run(toSqlite(values))
      return { insertId: Number(lastInsertRowid), affected: changes }
    },
  }
}
