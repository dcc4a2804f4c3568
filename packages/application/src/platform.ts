import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, deliveryStore, openDatabase, outboxSource } from '@ev/db'
import { createDatabaseTransport, createRabbitTransport, createRelay, type Relay, type Transport } from '@ev/messaging'
import {
  brokerSection,
  type Cache,
  type Clock,
  cacheSection,
  connectRedis,
  createDeveloperMailbox,
  createEncryption,
  createKeyedHash,
  createLocalFileStore,
  createMemoryCache,
  createRedisCache,
  createS3FileStore,
  createSmsGateway,
  createSmtpMailer,
  type DeveloperMailbox,
  databaseSection,
  type FileStore,
  filesSection,
  type Ids,
  type KeyedHash,
  type Logger,
  type Mailer,
  mailerByChannel,
  mailSection,
  processSection,
  providersSection,
  resolveSecrets,
  type Secrets,
  type SmsRegistration,
  secretsSection,
  systemClock,
  systemIds,
} from '@ev/runtime'
import { z } from 'zod'
import type { Deps } from './deps.ts'
import type { PaymentGateway } from './payments/gateway.ts'
import { createRazorpayGateway } from './payments/razorpay-gateway.ts'
import { createSandboxGateway } from './payments/sandbox-gateway.ts'
import type { Bank } from './payouts/bank.ts'
import { createRazorpayXBank } from './payouts/razorpayx-bank.ts'
import { sandboxBank } from './payouts/sandbox-bank.ts'

/** The variables that decide which adapters the platform runs on. Each app adds its own to them. */
export const platformSections = {
  ...processSection,
  ...databaseSection,
  ...cacheSection,
  ...brokerSection,
  ...secretsSection,
  ...mailSection,
  ...filesSection,
  ...providersSection,
  DATABASE_POOL_SIZE: z.coerce.number({ error: 'must be a number' }).int().min(1).max(200).default(10),
  AMQP_PREFIX: z
    .string()
    .max(50)
    .regex(/^[\w.-]*$/, { error: 'must be letters, digits, dots and dashes' })
    .default(''),
  REDIS_PREFIX: z.string().max(50).default('ev:'),
}

export type PlatformConfig = z.output<z.ZodObject<typeof platformSections>>

/** Everything that is chosen by configuration: the use cases' dependencies, the broker, and the relay that feeds it. */
export type Platform = {
  readonly deps: Deps
  readonly transport: Transport
  readonly relay: Relay
  readonly secrets: Secrets
  /** Where mails and SMS go when no server for them is configured; null when one is. */
  readonly mailbox: DeveloperMailbox | null
  /**
   * One for each thing beside the process, for the readiness check. The broker is not essential: while it is away requests are answered and
   * their messages wait in the outbox.
   */
  readonly checks: readonly { readonly name: string; readonly isEssential: boolean; check(): Promise<void> }[]
  /** Stops the relay, then closes broker, cache and database. Consumers are closed before. */
  close(): Promise<void>
}

/** The database that the configuration names: the embedded file unless there is a URL. */
export function databaseUrl({ DATABASE_URL, DATA_DIR }: Pick<PlatformConfig, 'DATABASE_URL' | 'DATA_DIR'>): string {
  return DATABASE_URL?.replace(/^mariadb:/, 'mysql:') ?? `file:${DATA_DIR}/ev.db`
}

/** How every process publishes its outbox. */
export const relayOptions = {
  pageSize: 500,
  gatherMs: 20,
  sweepMs: 1_000,
  backoff: { firstMs: 250, maxMs: 10_000 },
} as const
const brokerGraceMs = 20_000

/** Opens the adapters that the configuration asks for: what it leaves out is the embedded one. The database must have been migrated. */
export async function openPlatform(
  config: PlatformConfig,
  { logger, clock = systemClock, ids = systemIds }: { logger: Logger; clock?: Clock; ids?: Ids },
): Promise<Platform> {
  const secrets = resolveSecrets(config)
  const db = await openDatabase({ url: databaseUrl(config), log: logger, poolSize: config.DATABASE_POOL_SIZE })
  const cache = await openCache(config, { logger, clock })
  const { mailer, mailbox } = openMailer(config, { logger, clock, ids })
  const files = await openFiles(config)
  const transport = openTransport(config, { db, logger, clock })
  const relay = createRelay({ source: outboxSource(db, clock), transport, log: logger, options: relayOptions })
  const forget = db.onMessagesCommitted(() => relay.wake())
  const deps: Deps = {
    db,
    clock,
    ids,
    cache,
    mailer,
    files,
    hash: createKeyedHash(secrets.hashKey),
    encryption: createEncryption(secrets.encryptionKeys),
    bank: openBank(config, { logger }),
    gateway: openGateway(config, { logger, ids, hash: createKeyedHash(secrets.hashKey) }),
    log: logger,
    sleep,
  }
  return {
    deps,
    transport,
    relay,
    secrets,
    mailbox,
    checks: [
      { name: 'database', isEssential: true, check: () => db.check() },
      { name: 'cache', isEssential: true, check: () => cache.check() },
      { name: 'broker', isEssential: false, check: () => requireUp(transport) },
    ],
    async close() {
      forget()
      await relay.stop()
      await transport.close({ graceMs: brokerGraceMs })
      await files.close()
      await cache.close()
      await db.close()
    },
  }
}

async function openCache(
  { REDIS_URL, REDIS_PREFIX }: PlatformConfig,
  { logger, clock }: { logger: Logger; clock: Clock },
): Promise<Cache> {
  if (REDIS_URL === undefined) return createMemoryCache({ clock })
  return createRedisCache({ redis: await connectRedis({ url: REDIS_URL, logger }), prefix: REDIS_PREFIX })
}

/** Where media files are when no bucket is named; null with a bucket. */
export function mediaFolder({ DATA_DIR, S3_BUCKET }: Pick<PlatformConfig, 'DATA_DIR' | 'S3_BUCKET'>): string | null {
  return S3_BUCKET === undefined ? join(DATA_DIR, 'media') : null
}

async function openFiles(config: PlatformConfig): Promise<FileStore> {
  const folder = mediaFolder(config)
  if (folder !== null) return createLocalFileStore({ folder })
  const { S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENDPOINT, S3_FORCE_PATH_STYLE } = config
  return createS3FileStore({
    bucket: S3_BUCKET!,
    region: S3_REGION!,
    accessKeyId: S3_ACCESS_KEY_ID!,
    secretAccessKey: S3_SECRET_ACCESS_KEY!,
    endpoint: S3_ENDPOINT ?? null,
    isPathStyle: S3_FORCE_PATH_STYLE,
  })
}

function openMailer(
  config: PlatformConfig,
  { logger, clock, ids }: { logger: Logger; clock: Clock; ids: Ids },
): { mailer: Mailer; mailbox: DeveloperMailbox | null } {
  const { SMTP_URL, SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN, MAIL_FROM } = config
  const registration = smsRegistration(config)
  const mailbox = SMTP_URL && SMS_GATEWAY_URL ? null : createDeveloperMailbox({ clock, ids, logger })
  const email = SMTP_URL ? createSmtpMailer({ url: SMTP_URL, from: MAIL_FROM }) : mailbox!
  const sms = SMS_GATEWAY_URL
    ? createSmsGateway({ url: SMS_GATEWAY_URL, token: SMS_GATEWAY_TOKEN ?? null, registration })
    : mailbox!
  return { mailer: mailerByChannel({ email, sms }), mailbox }
}

/** The variables of a provider that is chosen were there, or the configuration was refused. */
function openGateway(
  { PAYMENT_PROVIDER, RAZORPAY_KEY_ID, RAZORPAY_KEY_SECRET, RAZORPAY_WEBHOOK_SECRET }: PlatformConfig,
  { logger, ids, hash }: { logger: Logger; ids: Ids; hash: KeyedHash },
): PaymentGateway {
  if (PAYMENT_PROVIDER === 'sandbox') return createSandboxGateway({ hash, ids })
  return createRazorpayGateway({
    keyId: RAZORPAY_KEY_ID!,
    keySecret: RAZORPAY_KEY_SECRET!,
    webhookSecret: RAZORPAY_WEBHOOK_SECRET!,
    log: logger,
  })
}

/** What the operators approved, when the configuration states all of it. */
function smsRegistration(config: PlatformConfig): SmsRegistration | null {
  const { SMS_DLT_ENTITY_ID: entityId, SMS_DLT_HEADER: header } = config
  const { SMS_CODE_TEMPLATE_ID, SMS_CODE_TEMPLATE_TEXT, SMS_NOTICE_TEMPLATE_ID, SMS_NOTICE_TEMPLATE_TEXT } = config
  const code = SMS_CODE_TEMPLATE_ID && SMS_CODE_TEMPLATE_TEXT
  const notice = SMS_NOTICE_TEMPLATE_ID && SMS_NOTICE_TEMPLATE_TEXT
  if (!entityId || !header || !code || !notice) return null
  return {
    entityId,
    header,
    templates: {
      code: { id: SMS_CODE_TEMPLATE_ID, text: SMS_CODE_TEMPLATE_TEXT },
      notice: { id: SMS_NOTICE_TEMPLATE_ID, text: SMS_NOTICE_TEMPLATE_TEXT },
    },
  }
}

/** The variables of a bank that is chosen were there, or the configuration was refused. */
function openBank(
  {
    BANK_PROVIDER,
    RAZORPAYX_KEY_ID,
    RAZORPAYX_KEY_SECRET,
    RAZORPAYX_ACCOUNT_NUMBER,
    RAZORPAYX_WEBHOOK_SECRET,
  }: PlatformConfig,
  { logger }: { logger: Logger },
): Bank {
  if (BANK_PROVIDER === 'sandbox') return sandboxBank
  return createRazorpayXBank({
    keyId: RAZORPAYX_KEY_ID!,
    keySecret: RAZORPAYX_KEY_SECRET!,
    accountNumber: RAZORPAYX_ACCOUNT_NUMBER!,
    webhookSecret: RAZORPAYX_WEBHOOK_SECRET!,
    log: logger,
  })
}

function openTransport(
  { AMQP_URL, AMQP_PREFIX }: PlatformConfig,
  { db, logger, clock }: { db: Database; logger: Logger; clock: Clock },
): Transport {
  if (AMQP_URL === undefined) return createDatabaseTransport({ store: deliveryStore(db), clock, log: logger })
  return createRabbitTransport({ url: AMQP_URL, prefix: AMQP_PREFIX, log: logger })
}

async function requireUp(transport: Transport): Promise<void> {
  const { state, detail } = await transport.check()
  if (state !== 'up') throw new Error(detail ?? 'The broker is away.')
}
