import {
  type Database,
  deleteExpiredOnceRecords,
  deletePublished,
  notifications,
  paymentOrders,
  sessions,
  type Tx,
} from '@ev/db'
import type { Deps } from '../deps.ts'
import { forgetIdentities } from '../users/erase-member.ts'

const pageSize = 1_000
const pagesAtMost = 100
const dayMs = 86_400_000
/** Published messages can be published again for a week (`queue:resend`); the records of their handlers last longer, so nothing is done twice by it. */
const publishedForMs = 7 * dayMs
/** Ended sessions are kept for a month, to explain a log-in. */
const sessionsForMs = 30 * dayMs
/** What a gateway or bank told is refused as old after three days; its ids are kept well beyond that. */
const providerEventsForMs = 30 * dayMs
/** Members read in the app what happened within a year. */
export const notificationsForMs = 365 * dayMs

/**
 * Removes what has outlived its use: idempotency records, published messages, old sessions, events of gateways and banks, notifications, and what
 * was kept of erased members. At most a hundred thousand rows of each a run, in pages, so that no transaction is long. One-time codes are in the cache, which forgets them by itself.
 */
export async function cleanUp(deps: Pick<Deps, 'db' | 'clock' | 'encryption'>): Promise<number> {
  const { db, clock } = deps
  const now = clock.now()
  const before = (ageMs: number) => new Date(now.getTime() - ageMs)
  return (
    (await inPages(db, (tx) => deleteExpiredOnceRecords(tx, { now, limit: pageSize }))) +
    (await inPages(db, (tx) => deletePublished(tx, { before: before(publishedForMs), limit: pageSize }))) +
    (await inPages(db, (tx) => sessions.removeExpired(tx, { before: before(sessionsForMs), limit: pageSize }))) +
    (await inPages(db, (tx) =>
      paymentOrders.removeOldEvents(tx, { before: before(providerEventsForMs), limit: pageSize }),
    )) +
    (await inPages(db, (tx) => notifications.removeOld(tx, { before: before(notificationsForMs), limit: pageSize }))) +
    (await inPages(db, (tx) => forgetIdentities(tx, deps, { limit: pageSize })))
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
