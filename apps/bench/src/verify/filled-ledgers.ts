import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@ev/db'
import { removeLargeDatabase } from '@ev/db/testing/large-database'
import { fillRepeatedLedger } from '@ev/db/testing/repeated-ledger'
import { createLogger } from '@ev/runtime'
import { openScratch, richStory, run } from '@ev/simulate'
import type { BenchmarkOptions } from '../benchmark.ts'

const server = process.env['BENCH_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'

export type FilledLedger = {
  readonly database: 'sqlite' | 'mysql'
  readonly url: string
  readonly journalLines: number
  /** When the last thing happened in it. */
  readonly endedAt: Date
}

/** A consistent ledger of at least so many journal lines on each database in turn, removed afterwards. */
export async function withFilledLedgers(
  { journalLines, progress }: Pick<BenchmarkOptions, 'progress'> & { journalLines: number },
  use: (ledger: FilledLedger) => Promise<void>,
): Promise<void> {
  const scratch = await openScratch()
  const folder = mkdtempSync(join(tmpdir(), 'ev-bench-'))
  const mysqlUrl = new URL(`/ev_bench_${randomBytes(6).toString('hex')}`, server).href
  try {
    progress('a story to be repeated')
    const source = scratch.newFile('story')
    const { endedAt } = await run({ ...richStory, file: source })
    const logger = createLogger({ level: 'error', pretty: false })
    const clock = { now: () => endedAt }
    for (const [database, url] of [
      ['sqlite', `file:${join(folder, 'ledger.db')}`],
      ['mysql', mysqlUrl],
    ] as const) {
      await migrate({ url, log: logger, clock })
      const onTable = (table: string, count: number) => progress(`${count} rows of ${table} on ${database}`)
      const filled = await fillRepeatedLedger(url, { source, journalLines, onTable })
      await use({ database, url, endedAt, journalLines: filled.journalLines })
    }
  } finally {
    await removeLargeDatabase(mysqlUrl)
    rmSync(folder, { recursive: true })
    scratch.remove()
  }
}
