import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Engine, maxWaitingTransactions } from '../engine.ts'
import { createGate } from '../gate.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'
import { inLateTransaction } from '../late-transaction.ts'
import { immediateAdapter, type WatchedAdapterFactory } from './immediate-adapter.ts'

/** Waiting for another process blocks the event loop, so it is short; the transaction is retried after a pause instead. */
const busyTimeoutMs = 250

/** Enough for the upper levels of every index of a large database. The log may grow to 128 MiB before its pages are moved, so that a page that many transactions change is moved once. */
const largeCache = 'PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32000;'
const writerPragmas = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; ${largeCache}`
const forgetfulPragmas = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;'
const readerPragmas = 'PRAGMA query_only = ON;'

export type SqliteOptions = {
  /** Whether a commit is on the disk when it is answered. Only a file that is thrown away may do without. */
  readonly isDurable?: boolean
  /** Called with the text of each statement before it is sent; when it throws, the statement is not sent. */
  readonly onStatement?: (sql: string) => void
}

/**
 * Opens the SQLite file (made when missing) with two clients: a writer, whose transactions run one at a time, and a reader.
 * With one client a plain statement runs inside whatever transaction happens to be open: it would see what is not
 * committed, and vanish with a rollback that is not its own.
 */
export async function openSqlite(file: string, { isDurable = true, onStatement }: SqliteOptions = {}): Promise<Engine> {
  mkdirSync(dirname(file), { recursive: true })
  const openWriter = async () => {
    const pragmas = isDurable ? writerPragmas : forgetfulPragmas
    const adapter = immediateAdapter({ file, readonly: false, busyTimeoutMs, pragmas, onStatement })
    return { client: await connect(adapter), adapter }
  }
  let writer = await openWriter()
  const openReader = async () => {
    const adapter = immediateAdapter({ file, readonly: true, busyTimeoutMs, pragmas: readerPragmas, onStatement })
    return { client: await connect(adapter), adapter }
  }
  const { client: reader, adapter: readerAdapter } = await openReader()
  const turn = createGate({ permits: 1, maxWaiting: maxWaitingTransactions })

  async function replaceWriterIfBroken(): Promise<void> {
    if (!writer.adapter.isBroken()) return
    await writer.client.$disconnect().catch(() => undefined)
    writer = await openWriter()
  }

  return {
    provider: 'sqlite',
    reader,
    direct: readerAdapter.direct(),
    begin: (work, options) =>
      turn.run(async () => {
        await replaceWriterIfBroken()
        return inLateTransaction(await writer.adapter.begin(), { ...lateOf(writer), ...options }, work)
      }),
    async snapshot(read, options) {
      // On a connection of its own: what else is read meanwhile must not be held back at this state.
      const own = await openReader()
      try {
        return await inLateTransaction(await own.adapter.begin(), { ...lateOf(own), ...options }, read)
      } finally {
        await own.client.$disconnect()
      }
    },
    load: turn.load,
    close: () =>
      turn.run(async () => {
        await reader.$disconnect()
        await writer.client.$disconnect()
      }),
  }
}

const lateOf = ({ client, adapter }: { client: PrismaClient; adapter: WatchedAdapterFactory }) => ({
  client,
  handOver: adapter.handOver,
})

async function connect(adapter: WatchedAdapterFactory): Promise<PrismaClient> {
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' })
  await client.$connect()
  return client
}
