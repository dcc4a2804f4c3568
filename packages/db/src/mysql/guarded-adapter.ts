import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import type { Direct } from '../direct/direct.ts'
import { isMysqlConnection, mysqlDirect } from '../direct/mysql-direct.ts'
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
  const inner = new PrismaMariaDb(options, { database })
  const beginning = new AsyncLocalStorage<Begun>()
  let pool: Direct | undefined
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
      const begin = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolationLevel) => {
        const { transaction, direct } = guard(await begin(isolationLevel), onStatement)
        const begun = beginning.getStore()
        if (begun) begun.direct = direct
        return transaction
      }
      return adapter
    },
    direct() {
      if (pool === undefined) throw new Error('The connection pool is not open.')
      return pool
    },
    beginning(begin) {
      const begun: Begun = {}
      return beginning.run(begun, () =>
        begin(() => {
          if (begun.direct === undefined) throw new Error('The transaction has not begun where it was asked for.')
          return begun.direct
        }),
      )
    },
  }
}

type Begun = { direct?: Direct }

export type GuardedAdapterFactory = SqlDriverAdapterFactory & {
  /** The pool without Prisma, once it is open. */
  direct(): Direct
  /** Runs `begin`, which begins one transaction; what it is given answers the connection of that transaction, once there is one. */
  beginning<T>(begin: (direct: () => Direct) => Promise<T>): Promise<T>
}

/** A statement as Prisma sends it, or as it is sent directly. */
type Sent = [query: { readonly sql: string } | string, ...values: unknown[]]

const sqlOf = ([query]: Sent) => (typeof query === 'string' ? query : query.sql)

function guard(
  transaction: Transaction,
  onStatement: (sql: string) => void,
): { transaction: Transaction; direct: Direct } {
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
