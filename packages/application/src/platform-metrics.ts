import { countUnpublished, type Database, oldestUnpublishedAgeMs } from '@ev/db'
import { handlerNames } from '@ev/messaging'
import type { Clock, Logger } from '@ev/runtime'
import { Gauge, type Registry } from 'prom-client'
import type { ParkedQueues } from './messages/parked-messages.ts'
import { type LastVerification, lastVerification } from './verification/verify-daily.ts'

type Watched = { readonly db: Database; readonly clock: Clock; readonly log: Logger; readonly transport: ParkedQueues }

/**
 * Adds what an operator watches of the platform, whichever process is asked: messages that wait for the broker, messages that were put aside,
 * transactions at the database, and what the last verification of the books found. Read when the metrics are asked for; what cannot be read is left as it was, so that the others are still told.
 */
export function addPlatformMetrics(registry: Registry, { db, clock, log, transport }: Watched): void {
  const gauge = (name: string, help: string, labelNames: string[], read: (gauge: Gauge) => Promise<void> | void) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        try {
          await read(this)
        } catch (error) {
          log.warn({ err: error, metric: name }, 'A metric could not be read')
        }
      },
    })

  gauge('outbox_unpublished_messages', 'Messages that wait to be published.', [], async (messages) =>
    messages.set(await countUnpublished(db.read)),
  )
  gauge('outbox_oldest_age_seconds', 'For how long the oldest of them has waited.', [], async (age) =>
    age.set(((await oldestUnpublishedAgeMs(db.read, clock.now())) ?? 0) / 1_000),
  )
  gauge('parked_messages', 'Messages that their handler put aside.', ['handler'], async (parked) => {
    if ((await transport.check()).state !== 'up') return
    const counts = await transport.parkedCount()
    for (const handler of handlerNames) parked.set({ handler }, counts[handler])
  })
  gauge(
    'database_transactions',
    'Transactions that run, and that wait for a connection.',
    ['state'],
    (transactions) => {
      const { running, waiting } = db.load()
      transactions.set({ state: 'running' }, running)
      transactions.set({ state: 'waiting' }, waiting)
    },
  )
  // Not a number before the first verification, so that neither its result nor its age is taken for one.
  const verified = (name: string, help: string, figure: (last: LastVerification) => number) =>
    gauge(name, help, [], async (told) => {
      const last = await lastVerification(db.read)
      told.set(last ? figure(last) : Number.NaN)
    })
  verified(
    'ledger_differences',
    'Differences that the last verification of ledger and tree found.',
    ({ count }) => count,
  )
  verified('ledger_verified_timestamp_seconds', 'When ledger and tree were verified last.', ({ finishedAt }) => {
    return finishedAt.getTime() / 1_000
  })
  verified('ledger_verification_seconds', 'How long that took.', ({ durationMs }) => durationMs / 1_000)
}
