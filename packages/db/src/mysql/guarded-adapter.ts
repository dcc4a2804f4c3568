import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import { transientReason } from '../transient-errors.ts'
import type { PoolOptions } from './connection-options.ts'

/**
 * The mariadb adapter with one change: a transaction in which a statement lost a deadlock or waited too long for a row can only
 * be rolled back. After a deadlock the server has ended the transaction, so that further statements would commit one by
 * one; after a lock wait it has undone the one statement, so that a commit would keep half of the work. Work that passes
 * over such an error must not get that far.
 */
export function guardedAdapter(options: PoolOptions, { database }: { database: string }): SqlDriverAdapterFactory {
  const inner = new PrismaMariaDb(options, { database })
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    async connect() {
      const adapter = await inner.connect()
      const begin = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolationLevel) => guard(await begin(isolationLevel))
      return adapter
    },
  }
}

function guard(transaction: Transaction): Transaction {
  let lost: { error: unknown } | undefined
  let ended = false
  const commit = transaction.commit.bind(transaction)
  const rollback = transaction.rollback.bind(transaction)

  function guarded<Query, Answer>(run: (query: Query) => Promise<Answer>): (query: Query) => Promise<Answer> {
    return async (query) => {
      if (lost !== undefined) throw lost.error
      try {
        return await run(query)
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
  return transaction
}
