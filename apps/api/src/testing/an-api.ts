import { setTimeout as sleep } from 'node:timers/promises'
import {
  createAccount,
  createSandboxGateway,
  createVehicle,
  type Deps,
  type ParkedQueues,
  sandboxBank,
  verifyLedger,
  verifyTree,
} from '@ev/application'
import { audit, type Database, deliveryStore, plans, type vehicles } from '@ev/db'
import { defaultPlan, rupees } from '@ev/domain'
import { createDatabaseTransport } from '@ev/messaging'
import {
  createDeveloperMailbox,
  createEncryption,
  createKeyedHash,
  createLogger,
  createMemoryCache,
  createMemoryFileStore,
  type KeyedSecret,
  manualClock,
  systemIds,
} from '@ev/runtime'
import request from 'supertest'
import { expect } from 'vitest'
import { type ApiOptions, createApi } from '../api.ts'
import { usualUploadLimits } from '../http/index.ts'
import { messageHandler } from './handle-messages.ts'

export const start = new Date('2026-11-20T06:00:00.000Z')
const dayMs = 86_400_000

const testKeys: readonly KeyedSecret[] = [{ id: 'k1', secret: 'a test signing key of 32 bytes or so' }]

/** Someone who is logged in. */
export type Caller = {
  readonly id: number
  readonly email: string
  readonly referralCode: string
  /** The value of the `Authorization` header. */
  readonly authorization: string
  readonly refresh: string
}

/**
 * The API on a test's database, with a clock that the test moves, a mailbox, a plan, and log lines that the test can read. `replaced` takes
 * the place of the dependencies that it would have.
 */
export async function anApi(
  db: Database,
  overrides: Partial<ApiOptions> = {},
  {
    jwtKeys = testKeys,
    transport: broker,
    ...replaced
  }: Partial<Deps> & { readonly jwtKeys?: readonly KeyedSecret[]; readonly transport?: ParkedQueues } = {},
) {
  const clock = manualClock(start)
  const lines: string[] = []
  const logger = createLogger({
    level: 'debug',
    pretty: false,
    destination: { write: (line) => void lines.push(line) },
  })
  const mailbox = createDeveloperMailbox({ clock, ids: systemIds, logger })
  const files = replaced.files ?? createMemoryFileStore()
  const hash = createKeyedHash('a test hash key of thirty-two bytes')
  const deps: Deps = {
    db,
    clock,
    ids: systemIds,
    cache: createMemoryCache({ clock }),
    mailer: mailbox,
    files,
    hash,
    encryption: createEncryption([{ id: 'k1', secret: 'a test encryption key of 32 bytes' }]),
    bank: sandboxBank,
    gateway: createSandboxGateway({ hash, ids: systemIds }),
    log: logger,
    sleep,
    ...replaced,
  }
  await db.transaction(async (tx) => {
    if (await plans.isAny(tx)) return
    await plans.insert(tx, defaultPlan, { effectiveFrom: new Date(0), createdById: null, now: start })
  })
  const secrets = {
    jwtKeys,
    hashKey: '',
    encryptionKeys: [],
  }
  const transport = broker ?? createDatabaseTransport({ store: deliveryStore(db), clock, log: logger })
  const checks = [{ name: 'database', isEssential: true, check: () => db.check() }]
  const { app, securityLog } = createApi(
    { deps, secrets, mailbox, checks, transport },
    {
      isProduction: false,
      publicUrl: null,
      trustedProxies: [],
      rateLimits: { isEnabled: false, factor: 1 },
      uploads: usualUploadLimits,
      notificationStreams: { pollMs: 20, sessionCheckMs: 20, heartbeatMs: 50, perMember: 3, perProcess: 5 },
      metricsArePublic: false,
      mediaFolder: null,
      undeclaredRefusals: 'fault',
      measuresProcess: false,
      ...overrides,
    },
  )
  const http = request(app)
  const handleMessages = messageHandler(deps)
  let members = 0

  /** The newest code that was sent to someone. */
  function codeFor(to: string): string {
    const code = /\d{6}/.exec(mailbox.list(to)[0]?.text ?? '')?.[0]
    if (code === undefined) throw new Error(`No code was sent to ${to}.`)
    return code
  }

  async function login(email: string, { referralCode }: { referralCode?: string } = {}): Promise<Caller> {
    const who = { identifier: email, otp_type: 'email' }
    await http.post('/api/auth/send-otp/').send(who).expect(200)
    const { body } = await http
      .post('/api/auth/verify-otp/')
      .send({ ...who, otp_code: codeFor(email), ...(referralCode && { referral_code: referralCode }) })
      .expect(200)
    const { id, referral_code } = body.user
    const authorization = `Bearer ${body.access_token}`
    return { id, email, referralCode: referral_code, authorization, refresh: body.refresh_token }
  }

  const nextEmail = () => `someone${++members}@example.com`

  return {
    app,
    http,
    deps,
    clock,
    transport,
    lines,
    /** The lines of the audit log so far, refused callers included, oldest first. */
    async auditLines(): Promise<audit.AuditRow[]> {
      await securityLog.flush()
      const { rows } = await audit.list(db.read, {}, { skip: 0, take: 1_000 })
      return rows.reverse()
    },
    mailbox,
    files,
    codeFor,
    login,
    nextEmail,
    /** A new member, referred by someone or by nobody. */
    aMember: (referrer?: Caller) => login(nextEmail(), referrer ? { referralCode: referrer.referralCode } : {}),
    async aColleague(role: 'staff' | 'admin', createdById: number | null = null): Promise<Caller> {
      const identifier = { type: 'email', value: nextEmail() } as const
      const names = { firstName: 'Test', lastName: role }
      await createAccount(deps, { identifier, role, isSuperuser: false, createdById, ...names })
      return login(identifier.value)
    },
    async aSuperuser(): Promise<Caller> {
      const identifier = { type: 'email', value: nextEmail() } as const
      const names = { firstName: 'Test', lastName: 'Superuser' }
      await createAccount(deps, { identifier, role: 'admin', isSuperuser: true, createdById: null, ...names })
      return login(identifier.value)
    },
    aVehicle: (
      changes: { price?: number; stock?: number | null; name?: string } = {},
    ): Promise<vehicles.VehicleWithImages> =>
      createVehicle(deps, {
        actorId: null,
        name: changes.name ?? 'Volt',
        colors: ['Red', 'Sea green'],
        batteryVariants: ['40 kWh'],
        price: rupees(changes.price ?? 100_000),
        status: 'available',
        description: 'A scooter.',
        features: ['ABS'],
        specifications: { range: '120 km' },
        stockQuantity: changes.stock ?? null,
      }),
    get: (path: string, by: Caller) => http.get(path).set('Authorization', by.authorization),
    post: (path: string, by: Caller, body: object = {}, key?: string) => {
      const sent = http.post(path).set('Authorization', by.authorization)
      return (key === undefined ? sent : sent.set('Idempotency-Key', key)).send(body)
    },
    /** Resolves when what a worker does about every message so far is done. */
    settle: handleMessages,
    /** From now on messages are handled as soon as they are committed. Answers what stops it. */
    handleAtOnce: () => db.onMessagesCommitted(() => void handleMessages()),
    /** Nothing is out of balance; credits may be missing, because their messages wait. */
    async expectLedgerClean(): Promise<void> {
      expect(await verifyLedger(deps, { progress: () => {}, settledAfterMs: dayMs })).toEqual([])
    },
    /** Handles what waits, and then nothing is missing either. */
    async expectSettledClean(): Promise<void> {
      await handleMessages()
      expect(await verifyLedger(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
      expect(await verifyTree(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
    },
  }
}

export type TestApi = Awaited<ReturnType<typeof anApi>>

/** A booking as a client sends it. */
export function bookingOf(vehicle: { id: number }, changes: object = {}) {
  return {
    vehicle_model: vehicle.id,
    booking_amount: '500.00',
    payment_option: 'full_payment',
    terms_accepted: true,
    ...changes,
  }
}

/** Texts and values that are no amount of money, whatever a careless parser makes of them. */
export const notAmounts: readonly unknown[] = [
  -1,
  '-5.00',
  'NaN',
  'Infinity',
  '1e3',
  0.001,
  '0.001',
  '9223372036854775808',
  '١٢٣',
  ' 5 ',
  '0x10',
  '1,000',
  '',
  null,
  true,
  [],
  [500],
  {},
  { $gt: 0 },
]
