import { setTimeout as sleep } from 'node:timers/promises'
import { type Deps, registerMember, sandboxBank, verifyLedger, verifyTree } from '@ev/application'
import { type Database, deliveryStore, outboxSource, plans, type users } from '@ev/db'
import { quietLog } from '@ev/db/testing'
import { defaultPlan } from '@ev/domain'
import { createDatabaseTransport, createRelay, policyOf } from '@ev/messaging'
import { createEncryption, createKeyedHash, createLogger, createMemoryCache, manualClock, systemIds } from '@ev/runtime'
import { until } from '@ev/testing'
import { expect } from 'vitest'
import { startWorker } from '../worker.ts'

const start = new Date('2026-11-20T06:00:00.000Z')

/** A platform on a test's database with the embedded broker, a clock that the test moves, and quick retries. */
export async function aPlatform(db: Database) {
  const clock = manualClock(start)
  const logger = createLogger({ level: process.env['LOG_LEVEL'] ?? 'silent', pretty: false })
  const deps: Deps = {
    db,
    clock,
    ids: systemIds,
    cache: createMemoryCache({ clock }),
    mailer: { send: async () => {} },
    hash: createKeyedHash('a test hash key of thirty-two bytes'),
    encryption: createEncryption([{ id: 'k1', secret: 'a test encryption key of 32 bytes' }]),
    bank: sandboxBank,
    log: logger,
    sleep,
  }
  await db.transaction((tx) =>
    plans.insert(tx, defaultPlan, { effectiveFrom: new Date(0), createdById: null, now: start }),
  )
  const transport = createDatabaseTransport({
    store: deliveryStore(db),
    clock,
    log: quietLog,
    pollMs: 20,
    policyOf: (handler) => ({ ...policyOf(handler), retryStepsMs: [0, 0] }),
  })
  const relay = createRelay({
    source: outboxSource(db, clock),
    transport,
    log: quietLog,
    options: { pageSize: 500, sweepMs: 100, backoff: { firstMs: 10, maxMs: 50 } },
  })
  const forget = db.onMessagesCommitted(() => relay.wake())
  const platform = {
    deps,
    transport,
    relay,
    mailbox: null,
    checks: [],
    secrets: { jwtKeys: [], hashKey: '', encryptionKeys: [] },
    close: async () => {},
  }
  let worker = await startWorker(platform)
  let members = 0

  return {
    deps,
    clock,
    transport,
    /** A member, referred by someone or by nobody. */
    async aMember(referredById: number | null = null): Promise<users.User> {
      members += 1
      const identifier = { type: 'email', value: `member${members}@example.com` } as const
      return db.transaction((tx) => registerMember(tx, deps, { identifier, referredById }))
    },
    /** Resolves when every message was published and handled; parked ones fail the test with their reason. */
    async settled(): Promise<void> {
      await until(
        async () => {
          const waiting = await db.read.outboxMessage.count({ where: { publishedAt: null } })
          const parked = await db.read.messageDelivery.findFirst({ where: { state: 'parked' } })
          if (parked) throw new Error(`${parked.handler} parked a message: ${parked.reason}`)
          return waiting === 0 && (await db.read.messageDelivery.count()) === 0
        },
        { timeoutMs: 20_000 },
      )
    },
    async expectClean(): Promise<void> {
      expect(await verifyLedger(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
      expect(await verifyTree(deps, () => {})).toEqual([])
    },
    async restartWorker(): Promise<void> {
      await worker.close()
      worker = await startWorker(platform)
    },
    async close(): Promise<void> {
      await worker.close()
      forget()
      await relay.stop()
      await transport.close({ graceMs: 5_000 })
    },
  }
}

export type TestPlatform = Awaited<ReturnType<typeof aPlatform>>
