import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '@ev/application'
import { type Database, openDatabase } from '@ev/db'
import { removeLargeDatabase } from '@ev/db/testing/large-database'
import { createLogger, type ManualClock, manualClock, systemClock, systemIds } from '@ev/runtime'

export const databaseKinds = ['sqlite', 'mariadb'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

export type NetworkDatabase = {
  readonly kind: DatabaseKind
  readonly url: string
  /** What the writer of the tree and the import are given; the clock stands still until it is moved. */
  readonly deps: {
    readonly db: Database
    readonly clock: ManualClock
    readonly ids: typeof systemIds
    readonly log: ReturnType<typeof createLogger>
  }
}

const server = process.env['BENCH_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'

/** A migrated, empty database of its own with the plan of version 1; removed afterwards. */
export async function withNetworkDatabase<T>(
  kind: DatabaseKind,
  use: (network: NetworkDatabase) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-bench-'))
  const mariadb = new URL(`/ev_bench_${randomBytes(6).toString('hex')}`, server).href
  const url = kind === 'sqlite' ? `file:${join(folder, 'network.db')}` : mariadb
  const log = createLogger({ level: 'error', pretty: false })
  try {
    await prepareDatabase({ url, logger: log, clock: systemClock })
    const db = await openDatabase({ url, log })
    try {
      return await use({ kind, url, deps: { db, clock: manualClock(new Date()), ids: systemIds, log } })
    } finally {
      await db.close()
    }
  } finally {
    if (kind === 'mariadb') await removeLargeDatabase(mariadb)
    rmSync(folder, { recursive: true })
  }
}
