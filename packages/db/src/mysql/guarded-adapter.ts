import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { IsolationLevel, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import type { Direct } from '../direct/direct.ts'
import { asTold, isMysqlConnection, mysqlDirect } from '../direct/mysql-direct.ts'
import type { Begun } from '../late-transaction.ts'
import { transientReason } from '../transient-errors.ts'
import type { PoolOptions } from './connection-options.ts'

/**
 * The mariadb adapter with one change: a transaction in which a statement lost a deadlock or waited too long for a row can only
 * be rolled back. After a deadlock the server has ended the transaction, so that further statements would commit one by
 * one; after a lock wait it has undone the one statement, so that a commit would keep half of the work. Work that passes
 * over such an error must not get that far.
 */
export function guardedAdapter(
  options: PoolOptions,
  { database, onStatement = () => {} }: { database: string; onStatement?: (sql: string) => void },
): GuardedAdapterFactory {
  const inner = new PrismaMariaDb({ ...options, ...asTold }, { database })
  const handed = new AsyncLocalStorage<Transaction>()
  let pool: Direct | undefined
  let begin: ((isolationLevel?: IsolationLevel) => Promise<Begun>) | undefined
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    async connect() {
      const adapter = await inner.connect()
      const told = <Query extends Sent, Answer>(run: (...query: Query) => Promise<Answer>) => {
        return (...query: Query) => {
          onStatement(sqlOf(query))
          return run(...query)
        }
      }
      const driver = mysqlDirect(adapter.underlyingDriver())
      pool = { rows: told(driver.rows), run: told(driver.run) }
      adapter.queryRaw = told(adapter.queryRaw.bind(adapter))
      adapter.executeRaw = told(adapter.executeRaw.bind(adapter))
      const start = adapter.startTransaction.bind(adapter)
      const beginGuarded = async (isolationLevel?: IsolationLevel) => guard(await start(isolationLevel), onStatement)
      begin = beginGuarded
      adapter.startTransaction = async (isolationLevel) =>
        handed.getStore() ?? (await beginGuarded(isolationLevel)).transaction
      return adapter
    },
    direct() {
      if (pool === undefined) throw new Error('The connection pool is not open.')
      return pool
    },
    begin(isolationLevel) {
      if (begin === undefined) throw new Error('The connection pool is not open.')
      return begin(isolationLevel)
    },
    handOver: (transaction, enter) => handed.run(transaction, enter),
  }
}

export type GuardedAdapterFactory = SqlDriverAdapterFactory & {
  /** The pool without Prisma, once it is open. */
  direct(): Direct
  /** Takes a connection of the pool and begins a transaction on it. */
  begin(isolationLevel?: IsolationLevel): Promise<Begun>
  /** Runs `enter`, in which a transaction that is started is this one. */
  handOver<T>(transaction: Transaction, enter: () => Promise<T>): Promise<T>
}

/** A statement as Prisma sends it, or as it is sent directly. */
type Sent = [query: { readonly sql: string } | string, ...values: unknown[]]

const sqlOf = ([query]: Sent) => (typeof query === 'string' ? query : query.sql)

function guard(transaction: Transaction, onStatement: (sql: string) => void): Begun {
  let lost: { error: unknown } | undefined
  let ended = false
  const connection: unknown = Reflect.get(transaction, 'client')
  if (!isMysqlConnection(connection)) throw new Error('The MariaDB adapter does not keep its connection where it did.')
  const driver = mysqlDirect(connection)
  const commit = transaction.commit.bind(transaction)
  const rollback = transaction.rollback.bind(transaction)

  function guarded<Query extends Sent, Answer>(
    run: (...query: Query) => Promise<Answer>,
  ): (...query: Query) => Promise<Answer> {
    return async (...query) => {
      if (lost !== undefined) throw lost.error
      // The connection is someone else's by now, and what is sent on it would not be part of this transaction.
      if (ended) throw new Error('A statement came after the end of its transaction.')
      onStatement(sqlOf(query))
      try {
        return await run(...query)
      } catch (error) {
        if (transientReason(error) !== null) lost = { error }
        throw error
      }
    }
  }

  transaction.queryRaw = guarded(transaction.queryRaw.bind(transaction))
  transaction.executeRaw = guarded(transaction.executeRaw.bind(transaction))
  // Ending it gives the connection back to the pool, which may happen once only.
  transaction.rollback = async () => {
    if (ended) return
    ended = true
    await rollback()
  }
  transaction.commit = async () => {
    if (lost !== undefined) {
      await transaction.rollback()
      throw lost.error
    }
    ended = true
    await commit()
  }
  return { transaction, direct: { rows: guarded(driver.rows), run: guarded(driver.run) } }
}
