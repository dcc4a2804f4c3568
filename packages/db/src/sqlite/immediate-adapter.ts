import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import type { Direct } from '../direct/direct.ts'
import type { Begun } from '../late-transaction.ts'
import { prepareOnce } from './prepare-once.ts'

/** An adapter for one SQLite connection that tells when its connection can no longer begin transactions. */
export type WatchedAdapterFactory = SqlDriverAdapterFactory & {
  isBroken(): boolean
  /** The connection without Prisma, once there is one. */
  direct(): Direct
  begin(): Promise<Begun>
  /** Runs `enter`, in which a transaction that is started is this one. */
  handOver<T>(transaction: Transaction, enter: () => Promise<T>): Promise<T>
}

/**
 * The better-sqlite3 adapter with three changes. Transactions take the write lock when they begin: a deferred BEGIN that reads
 * first and writes later fails at once when another process committed in between, without waiting. `pragmas` are set on
 * the connection. And each statement is prepared once.
 */
export function immediateAdapter(options: {
  file: string
  readonly: boolean
  busyTimeoutMs: number
  pragmas: string
  onStatement?: ((sql: string) => void) | undefined
}): WatchedAdapterFactory {
  const inner = new PrismaBetterSqlite3({
    url: options.file,
    readonly: options.readonly,
    timeout: options.busyTimeoutMs,
  })
  let broken = false
  const handed = new AsyncLocalStorage<Transaction>()
  let opened: Direct | undefined
  let begin: (() => Promise<Transaction>) | undefined
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    isBroken: () => broken,
    direct() {
      if (opened === undefined) throw new Error('The SQLite connection is not open.')
      return opened
    },
    async begin() {
      if (begin === undefined || opened === undefined) throw new Error('The SQLite connection is not open.')
      return { transaction: await begin(), direct: opened }
    },
    handOver: (transaction, enter) => handed.run(transaction, enter),
    async connect() {
      const adapter = await inner.connect()
      await adapter.executeScript(options.pragmas)
      opened = prepareOnce(adapter, { ...options, onlyInTransaction: !options.readonly })
      if (options.onStatement) announce(adapter, options.onStatement)
      const start = adapter.startTransaction.bind(adapter)
      begin = async () => {
        // The adapter locks its own mutex before BEGIN and keeps it locked for ever when BEGIN throws.
        const transaction = await start().catch((error: unknown) => {
          broken = true
          throw error
        })
        // A read that is sent in several statements is given a transaction too, and a reader can have no write lock.
        if (!options.readonly) await takeWriteLock(transaction)
        if (options.onStatement) announce(transaction, options.onStatement)
        return transaction
      }
      const beginOwn = begin
      adapter.startTransaction = async () => handed.getStore() ?? beginOwn()
      return adapter satisfies SqlDriverAdapter
    },
  }
}

async function takeWriteLock(transaction: Transaction): Promise<void> {
  await transaction.executeRaw(statement('COMMIT'))
  try {
    await transaction.executeRaw(statement('BEGIN IMMEDIATE'))
  } catch (error) {
    // Nothing is open now: this only gives the adapter's mutex back.
    await transaction.rollback()
    throw error
  }
}

/** What ends a transaction is not announced: it would stay open if it could not be ended. */
const endings: ReadonlySet<string> = new Set(['COMMIT', 'ROLLBACK'])

function announce(queryable: Pick<Transaction, 'queryRaw' | 'executeRaw'>, onStatement: (sql: string) => void): void {
  const announced = <Answer>(send: (query: SqlQuery) => Promise<Answer>) => {
    return async (query: SqlQuery) => {
      if (!endings.has(query.sql)) onStatement(query.sql)
      return send(query)
    }
  }
  queryable.queryRaw = announced(queryable.queryRaw.bind(queryable))
  queryable.executeRaw = announced(queryable.executeRaw.bind(queryable))
}

function statement(sql: string) {
  return { sql, args: [], argTypes: [] }
}
