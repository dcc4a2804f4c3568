import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Bank,
  createNetworkWriter,
  createSandboxGateway,
  type Deps,
  registerMember,
  sandboxBank,
  verifyLedger,
  verifyTree,
} from '@ev/application'
import { type Database, deliveryStore, outboxSource, plans, type users } from '@ev/db'
import { quietLog } from '@ev/db/testing'
import { type CompensationPlan, defaultPlan } from '@ev/domain'
import { createDatabaseTransport, createRelay, policyOf } from '@ev/messaging'
import {
  createEncryption,
  createKeyedHash,
  createLogger,
  createMemoryCache,
  createMemoryFileStore,
  type Ids,
  type Mailer,
  manualClock,
  systemIds,
} from '@ev/runtime'
import { until } from '@ev/testing'
import { expect } from 'vitest'
import { startWorker } from '../worker.ts'
import { handDelivery } from './hand-delivery.ts'

const start = new Date('2026-11-20T06:00:00.000Z')

export type PlatformOptions = {
  /** What differs from the first plan. */
  plan?: Partial<CompensationPlan>
  bank?: Bank
  ids?: Ids
  mailer?: Mailer
}

const noMailer: Mailer = { send: async () => {} }

/** What both kinds of test platforms have: the use cases' dependencies, a clock that the test moves, members, and the verifiers. */
async function foundation(
  db: Database,
  { plan = {}, bank = sandboxBank, ids = systemIds, mailer = noMailer }: PlatformOptions,
) {
  const clock = manualClock(start)
  const hash = createKeyedHash('a test hash key of thirty-two bytes')
  const deps: Deps = {
    db,
    clock,
    ids,
    cache: createMemoryCache({ clock }),
    mailer,
    files: createMemoryFileStore({ clock }),
    hash,
    encryption: createEncryption([{ id: 'k1', secret: 'a test encryption key of 32 bytes' }]),
    bank,
    gateway: createSandboxGateway({ hash, ids }),
    log: createLogger({ level: process.env['LOG_LEVEL'] ?? 'silent', pretty: false }),
    sleep,
  }
  await db.transaction(async (tx) => {
    if (await plans.isAny(tx)) return
    await plans.insert(tx, { ...defaultPlan, ...plan }, { effectiveFrom: new Date(0), createdById: null, now: start })
  })
  let members = await db.read.user.count()
  return {
    deps,
    clock,
    /** A member, referred by someone or by nobody. */
    async aMember(referredById: number | null = null): Promise<users.User> {
      members += 1
      const identifier = { type: 'email', value: `member${members}@example.com` } as const
      return db.transaction((tx) => registerMember(tx, deps, { identifier, referredById }))
    },
    /** The ledger and the tree are right, and what was told has been acted upon. */
    async expectClean(): Promise<void> {
      expect(await verifyLedger(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
      expect(await verifyTree(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
    },
  }
}

/** A platform on a test's database with the embedded broker, a clock that the test moves, and quick retries. */
export async function aPlatform(db: Database, options: PlatformOptions = {}) {
  const base = await foundation(db, options)
  const { deps, clock } = base
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
    options: { pageSize: 500, gatherMs: 0, sweepMs: 100, backoff: { firstMs: 10, maxMs: 50 } },
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
  // Its clock is moved by the test, and nothing shall happen behind the test's back.
  const withoutSchedules = { schedules: [] }
  let worker = await startWorker(platform, withoutSchedules)

  return {
    ...base,
    transport,
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
    async restartWorker(): Promise<void> {
      await worker.close()
      worker = await startWorker(platform, withoutSchedules)
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

/** A platform whose messages wait until the test hands them over; no schedule runs by itself and nothing happens in the background. */
export async function aQuietPlatform(db: Database, options: PlatformOptions = {}) {
  const base = await foundation(db, options)
  const delivery = await handDelivery({ ...base.deps, networkWriter: createNetworkWriter(base.deps) })
  return { ...base, ...delivery, settled: () => delivery.deliverAll() }
}

export type QuietPlatform = Awaited<ReturnType<typeof aQuietPlatform>>
