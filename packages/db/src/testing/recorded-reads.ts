import type { SqlDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils'
import type { Database } from '../client.ts'
import { sqliteFile } from '../database-url.ts'
import type { Direct, DirectValue } from '../direct/direct.ts'
import { PrismaClient as MysqlClient } from '../generated/mysql/client.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'
import { databaseName, poolOptions } from '../mysql/connection-options.ts'
import { guardedAdapter } from '../mysql/guarded-adapter.ts'
import { immediateAdapter } from '../sqlite/immediate-adapter.ts'
import { registerReader } from '../tx.ts'

/** One statement as it was sent, with its parameters. */
export type SentStatement = SqlQuery

export type RecordedReads = {
  /** The same database; what is read through it outside transactions is recorded. */
  readonly database: Database
  /** The statements since the last call, in the order in which they were sent. */
  take(): SentStatement[]
  /** Sends a statement as it is and answers its rows as arrays of values. */
  ask(statement: SentStatement): Promise<unknown[][]>
  close(): Promise<void>
}

/** Records every statement that is read from `database`, which is open at `url`. */
export async function recordReads({ database, url }: { database: Database; url: string }): Promise<RecordedReads> {
  const sent: SentStatement[] = []
  const note = (statement: SentStatement) => void sent.push(statement)
  const factory = readerFactory(url, { keepsStatements: true })
  const adapter = recording(factory, note)
  const client = url.startsWith('mysql://') ? new MysqlClient({ adapter }) : new PrismaClient({ adapter })
  await client.$connect()
  const direct = await readerFactory(url, { keepsStatements: false }).connect()
  return {
    database: {
      ...database,
      read: registerReader(client, { ...database, direct: recordingDirect(factory.direct(), note) }),
    },
    take: () => sent.splice(0),
    async ask(statement) {
      const { rows } = await direct.queryRaw(statement)
      return rows
    },
    async close() {
      await client.$disconnect()
      await direct.dispose()
    },
  }
}

// MariaDB tells a wrong plan when a prepared ANALYZE is executed again with other values.
function readerFactory(
  url: string,
  { keepsStatements }: { keepsStatements: boolean },
): SqlDriverAdapterFactory & { direct(): Direct } {
  if (url.startsWith('mysql://')) {
    const options = poolOptions(url, { poolSize: 4 })
    const kept = keepsStatements ? options : { ...options, prepareCacheLength: 0 }
    return guardedAdapter(kept, { database: databaseName(url) })
  }
  return immediateAdapter({ file: sqliteFile(url), readonly: true, busyTimeoutMs: 250, pragmas: '' })
}

function recording(inner: SqlDriverAdapterFactory, note: (statement: SentStatement) => void): SqlDriverAdapterFactory {
  const noted = <Answer>(run: (statement: SqlQuery) => Promise<Answer>) => {
    return (statement: SqlQuery) => {
      note(statement)
      return run(statement)
    }
  }
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    async connect() {
      const adapter = await inner.connect()
      adapter.queryRaw = noted(adapter.queryRaw.bind(adapter))
      const begin = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolationLevel) => {
        const transaction = await begin(isolationLevel)
        transaction.queryRaw = noted(transaction.queryRaw.bind(transaction))
        return transaction
      }
      return adapter
    },
  }
}

function recordingDirect(inner: Direct, note: (statement: SentStatement) => void): Direct {
  const noted = (sql: string, values: readonly DirectValue[]) => {
    // As Prisma sends them: amounts are texts with their type beside them.
    const isAmount = (value: DirectValue) => typeof value === 'bigint'
    const args = values.map((value) =>
      value instanceof Date ? value.toISOString() : isAmount(value) ? String(value) : value,
    )
    const argTypes = values.map((value) => ({
      scalarType: isAmount(value)
        ? ('bigint' as const)
        : value instanceof Date
          ? ('datetime' as const)
          : ('unknown' as const),
      arity: 'scalar' as const,
    }))
    note({ sql, args, argTypes })
  }
  return {
    rows(sql, values) {
      noted(sql, values)
      return inner.rows(sql, values)
    },
    run(sql, values) {
      noted(sql, values)
      return inner.run(sql, values)
    },
  }
}
