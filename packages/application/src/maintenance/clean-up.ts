import { type Database, deleteExpiredOnceRecords, deletePublished, sessions, type Tx } from '@ev/db'
import type { Deps } from '../deps.ts'

const pageSize = 1_000
const pagesAtMost = 100
const dayMs = 86_400_000
/** Published messages are kept for a week, to look at. */
const publishedForMs = 7 * dayMs
/** Ended sessions are kept for a month, to explain a log-in. */
const sessionsForMs = 30 * dayMs

/** Removes what has outlived its use: idempotency records, published messages, old sessions. In pages, so that no transaction is long. */
export async function cleanUp({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = clock.now()
  const before = (ageMs: number) => new Date(now.getTime() - ageMs)
  return (
    (await inPages(db, (tx) => deleteExpiredOnceRecords(tx, { now, limit: pageSize }))) +
    (await inPages(db, (tx) => deletePublished(tx, { before: before(publishedForMs), limit: pageSize }))) +
    (await inPages(db, (tx) => sessions.removeExpired(tx, { before: before(sessionsForMs), limit: pageSize })))
  )
}

async function inPages(db: Database, remove: (tx: Tx) => Promise<number>): Promise<number> {
  let removed = 0
  for (let page = 0; page < pagesAtMost; page += 1) {
    const count = await db.transaction(remove)
    removed += count
    if (count < pageSize) break
  }
  return removed
}
