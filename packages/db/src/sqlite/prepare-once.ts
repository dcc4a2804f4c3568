import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import Sqlite from 'better-sqlite3'
import type { Direct } from '../direct/direct.ts'
import { type PreparedStatements, preparedStatements, sqliteDirect } from '../direct/sqlite-direct.ts'

/**
 * Lets the better-sqlite3 adapter prepare each statement once: it would do so anew for every query, which is a good part of what one costs.
 * The adapter keeps its connection in a field that its types do not show; what it asks of a statement there is answered by a kept one.
 * Answers the same connection without the adapter, which refuses what comes outside a transaction when it is `onlyInTransaction`.
 */
export function prepareOnce(
  adapter: SqlDriverAdapter,
  { onlyInTransaction, onStatement }: { onlyInTransaction: boolean; onStatement?: ((sql: string) => void) | undefined },
): Direct {
  const connection: unknown = Reflect.get(adapter, 'client')
  if (!(connection instanceof Sqlite)) throw new Error('The SQLite adapter does not keep its connection where it did.')
  const statements = preparedStatements(connection)
  if (!Reflect.set(adapter, 'client', keptClient(connection, statements)))
    throw new Error('The connection of the SQLite adapter cannot be replaced.')
  return sqliteDirect(statements, {
    before(sql) {
      onStatement?.(sql)
      if (onlyInTransaction && !connection.inTransaction)
        throw new Error('A statement came after the end of its transaction.')
    },
  })
}

/** What the adapter uses of a connection. A kept statement cannot be bound for good, so its values come with each execution. */
function keptClient(connection: Sqlite.Database, statements: PreparedStatements) {
  const columns = new WeakMap<object, Sqlite.ColumnDefinition[]>()
  const columnsOf = (statement: Sqlite.Statement<unknown[], unknown[]>) => {
    const known = columns.get(statement) ?? statement.columns()
    columns.set(statement, known)
    return known
  }
  return {
    prepare(sql: string) {
      const statement = statements.get(sql)
      return {
        run: () => statement.run(),
        bind: (values: unknown[]) => ({
          reader: statement.reader,
          run: () => statement.run(...values),
          columns: () => columnsOf(statement),
          raw: () => ({ all: () => statement.all(...values) }),
        }),
      }
    },
    exec: (script: string) => connection.exec(script),
    close: () => connection.close(),
  }
}
