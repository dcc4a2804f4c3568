import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sqliteFile } from './database-url.ts'
import type { Engine } from './engine.ts'
import type { Load } from './gate.ts'
import type { Log } from './log.ts'
import { openMysql } from './mysql/open.ts'
import { type Once, runOnce } from './once.ts'
import { openSqlite } from './sqlite/open.ts'
import { createTransactionRunner, type RunTransaction } from './transaction.ts'
import { type Provider, type Reader, registerReader } from './tx.ts'

export type { Reader, Tx } from './tx.ts'

export type Database = {
  readonly provider: Provider
  /** Committed data, outside any transaction. Inside one, read through the `tx`. */
  readonly read: Reader
  readonly transaction: RunTransaction
  /** A transaction with a memory: the same key again gives the first answer back and does nothing. */
  readonly once: Once
  /** Reads one state of the database for as long as `read` takes, whatever is committed meanwhile. It ends after `timeoutMs`. */
  readonly snapshot: <T>(read: (reader: Reader) => Promise<T>, options: { timeoutMs: number }) => Promise<T>
  /** Calls `listener` after every commit that added outbox messages. Returns what takes the listener off again. */
  onMessagesCommitted(listener: () => void): () => void
  /** Resolves when the database answers a statement. */
  check(): Promise<void>
  /** How many transactions run and how many wait for a connection now. */
  load(): Load
  /** Waits for the transactions that are running (SQLite) and closes all connections. */
  close(): Promise<void>
}

export type OpenDatabaseOptions = {
  /** `file:/absolute/path.db` or `mysql://user:password@host:port/database`. */
  url: string
  log: Log
  /** Connections to MySQL. */
  poolSize?: number
  /** Told of every statement before it is sent. */
  onStatement?: (sql: string) => void
  /** Chance in [0, 1), for the pause before a transaction is run again. */
  random?: () => number
  sleep?: (ms: number) => Promise<void>
}

const defaultPoolSize = 10

/** Opens a database that has been migrated, or is about to be. Fails when it cannot be reached. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  return databaseOver(await openEngine(options), options)
}

/** The database that an engine is the driver of. */
export function databaseOver(engine: Engine, options: Pick<OpenDatabaseOptions, 'log' | 'random' | 'sleep'>): Database {
  const listeners = new Set<() => void>()
  const transaction = createTransactionRunner({
    engine,
    log: options.log,
    random: options.random ?? (() => randomInt(1_000_000) / 1_000_000),
    sleep: options.sleep ?? pause,
    onMessagesCommitted: () => callAll(listeners, options.log),
  })
  return {
    provider: engine.provider,
    read: registerReader(engine.reader, engine),
    transaction,
    once: (key, work, transactionOptions) => runOnce({ transaction, key, work, ...transactionOptions }),
    snapshot: (read, snapshotOptions) =>
      engine.snapshot(
        (client, direct) => read(registerReader(client, { provider: engine.provider, direct })),
        snapshotOptions,
      ),
    onMessagesCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async check() {
      await engine.reader.$queryRaw`SELECT 1`
    },
    load: () => engine.load(),
    close: () => engine.close(),
  }
}

function openEngine({ url, poolSize, onStatement = () => {} }: OpenDatabaseOptions): Promise<Engine> {
  if (url.startsWith('file:')) return openSqlite(sqliteFile(url), { onStatement })
  if (url.startsWith('mysql://')) return openMysql(url, { poolSize: poolSize ?? defaultPoolSize, onStatement })
  throw new Error('The database URL must begin with file: or mysql://.')
}

function callAll(listeners: ReadonlySet<() => void>, log: Log): void {
  for (const listener of listeners) {
    try {
      listener()
    } catch (error) {
      log.error({ err: error }, 'a listener for committed messages failed')
    }
  }
}
