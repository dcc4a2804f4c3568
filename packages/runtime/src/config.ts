import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { smsVariable } from './mail/sms-gateway.ts'
import { readSecretFiles } from './secret-files.ts'
import { isKeyList, secretProblems } from './secrets.ts'

type Environment = Readonly<Record<string, string | undefined>>
type ProductionRule = { problem: (raw: string | undefined, env: Environment) => string[] }

const productionRules = z.registry<ProductionRule>()

/** Adds to a variable what production demands of it. `check` gets the raw text and answers what is wrong, or null. */
export function inProduction<T extends z.ZodType>(schema: T, check: (raw: string | undefined) => string | null): T {
  productionRules.add(schema, {
    problem: (raw) => {
      const problem = check(raw)
      return problem === null ? [] : [problem]
    },
  })
  return schema
}

const companions = z.registry<{ names: readonly string[]; value?: string }>()

/** Adds to a variable the others that it needs beside it, anywhere; with a `value` only when it has this one. */
function requiring<T extends z.ZodType>(schema: T, names: readonly string[], { value }: { value?: string } = {}): T {
  companions.add(schema, { names, ...(value !== undefined && { value }) })
  return schema
}

const required = (what: string) => (raw: string | undefined) =>
  raw === undefined ? `is required in production: ${what}` : null

/**
 * Parses the variables that `schema` names. An empty variable counts as absent, and a secret may stand in a file. Throws `ConfigError` with
 * every mistake; when `NODE_ENV` is `production`, with everything that production refuses as well.
 */
export function parseConfig<T extends z.ZodObject>(schema: T, env: Environment): z.output<T> {
  const isGiven = (entry: [string, string | undefined]): entry is [string, string] => Boolean(entry[1])
  const { env: given, problems: fileProblems } = readSecretFiles(
    Object.fromEntries(Object.entries(env).filter(isGiven)),
  )
  const parsed = schema.safeParse(given)
  const problems = [
    ...fileProblems,
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...companionProblems(schema, given),
    ...(given['NODE_ENV'] === 'production' ? productionProblems(schema, given) : []),
  ]
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems)
  return parsed.data
}

function companionProblems(schema: z.ZodObject, env: Environment): string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const { names = [], value } = companions.get(field as z.ZodType) ?? {}
    if (env[name] === undefined || (value !== undefined && env[name] !== value)) return []
    const reason = value === undefined ? `with ${name}` : `when ${name} is ${value}`
    return names.filter((other) => env[other] === undefined).map((other) => `${other}: is required ${reason}`)
  })
}

function productionProblems(schema: z.ZodObject, env: Environment): string[] {
  const byVariable = Object.entries(schema.shape).flatMap(([name, field]) => {
    const rule = productionRules.get(field as z.ZodType)
    return rule ? rule.problem(env[name], env).map((problem) => `${name}: ${problem}`) : []
  })
  return 'JWT_SECRET' in schema.shape ? [...byVariable, ...secretProblems(env as Record<string, string>)] : byVariable
}

const url = (...protocols: string[]) =>
  z.string().refine((text) => protocols.some((protocol) => text.startsWith(`${protocol}:`)) && URL.canParse(text), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}:`).join(' or ')}`,
  })
const cidrList = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(
    z.array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(['loopback', 'linklocal', 'uniquelocal'])], {
        error: 'must be a comma-separated list of addresses or CIDR ranges',
      }),
    ),
  )

/** `.data` at the root of the repository, from whichever of its folders a command runs. */
const defaultDataDir = fileURLToPath(new URL('../../../.data', import.meta.url))

/** Which environment this is, where its files are, how it logs. */
export const processSection = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATA_DIR: z
    .string()
    .optional()
    .transform((path) => (path === undefined ? defaultDataDir : resolve(process.env['INIT_CWD'] ?? '.', path))),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
}

/** Absent means the SQLite file in `DATA_DIR`. */
export const databaseSection = {
  DATABASE_URL: inProduction(url('mysql', 'mariadb', 'file').optional(), (raw) =>
    raw === undefined || raw.startsWith('file:') ? 'must be a mysql: URL in production' : null,
  ),
}

/** Absent means a cache inside the process. */
export const cacheSection = {
  REDIS_URL: inProduction(url('redis', 'rediss').optional(), required('a redis: URL')),
}

/** Without a bucket files are kept in `DATA_DIR/media`. With one, region and keys are needed; the endpoint is that of an S3-compatible server. */
export const filesSection = {
  S3_BUCKET: requiring(z.string().min(3).max(63).optional(), ['S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']),
  S3_REGION: z.string().max(50).optional(),
  S3_ENDPOINT: url('https', 'http').optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  // A bucket that is meant and not named would leave the files in a folder that may not outlive the process.
  S3_SECRET_ACCESS_KEY: requiring(z.string().optional(), ['S3_BUCKET']),
  S3_FORCE_PATH_STYLE: z.stringbool().default(false),
}

/** Absent means that the outbox table is the broker. */
export const brokerSection = {
  AMQP_URL: inProduction(url('amqp', 'amqps').optional(), required('an amqp: URL')),
}

/** Secrets; `resolveSecrets` turns them into keys. The plural forms are lists `kid:secret,kid2:secret2` for rotation. */
export const secretsSection = {
  JWT_SECRET: z.string().optional(),
  JWT_KEYS: z.string().refine(isKeyList, { error: 'must have the form kid:secret,kid2:secret2' }).optional(),
  HASH_KEY: z.string().optional(),
  ENCRYPTION_KEY: z.string().optional(),
  ENCRYPTION_KEYS: z.string().refine(isKeyList, { error: 'must have the form kid:secret,kid2:secret2' }).optional(),
}

const smsText = z.string().refine((text) => text.split(smsVariable).length === 2, {
  error: `must be the approved text with one ${smsVariable}`,
})

/** Absent means the developer's mailbox. The DLT variables are what the operators gave when the sender and its texts were approved. */
export const mailSection = {
  SMTP_URL: inProduction(url('smtp', 'smtps').optional(), required('an smtp: URL')),
  MAIL_FROM: inProduction(z.string().default('EV Platform <no-reply@localhost>'), required("the sender's address")),
  SMS_GATEWAY_URL: inProduction(url('https', 'http').optional(), (raw) =>
    raw?.startsWith('https:') ? null : 'must be an https: URL in production, of the SMS gateway',
  ),
  SMS_GATEWAY_TOKEN: z.string().optional(),
  SMS_DLT_ENTITY_ID: inProduction(
    z
      .string()
      .regex(/^\d{5,30}$/, { error: 'must be digits' })
      .optional(),
    required('the DLT entity id'),
  ),
  SMS_DLT_HEADER: inProduction(
    z
      .string()
      .regex(/^[A-Za-z0-9]{3,11}$/, { error: 'must be the approved header' })
      .optional(),
    required('the approved header'),
  ),
  SMS_CODE_TEMPLATE_ID: inProduction(z.string().max(30).optional(), required('the DLT template id of one-time codes')),
  SMS_CODE_TEMPLATE_TEXT: inProduction(smsText.optional(), required('the approved text of one-time codes')),
  SMS_NOTICE_TEMPLATE_ID: inProduction(z.string().max(30).optional(), required('the DLT template id of notices')),
  SMS_NOTICE_TEMPLATE_TEXT: inProduction(smsText.optional(), required('the approved text of notices')),
}

const noSandbox = (what: string) => (raw: string | undefined) =>
  raw === undefined || raw === 'sandbox' ? `must name a real ${what} in production; the sandbox moves no money` : null

const razorpayXVariables = [
  'RAZORPAYX_KEY_ID',
  'RAZORPAYX_KEY_SECRET',
  'RAZORPAYX_ACCOUNT_NUMBER',
  'RAZORPAYX_WEBHOOK_SECRET',
]
const razorpayVariables = ['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET']

/** Who takes online payments and who sends bank transfers. The sandbox does both at once and moves no money. */
export const providersSection = {
  PAYMENT_PROVIDER: inProduction(
    requiring(
      z.enum(['sandbox', 'razorpay'], { error: 'must be sandbox or razorpay' }).default('sandbox'),
      razorpayVariables,
      {
        value: 'razorpay',
      },
    ),
    noSandbox('payment gateway'),
  ),
  RAZORPAY_KEY_ID: z.string().optional(),
  RAZORPAY_KEY_SECRET: z.string().optional(),
  RAZORPAY_WEBHOOK_SECRET: z.string().optional(),
  BANK_PROVIDER: inProduction(
    requiring(
      z.enum(['sandbox', 'razorpayx'], { error: 'must be sandbox or razorpayx' }).default('sandbox'),
      razorpayXVariables,
      { value: 'razorpayx' },
    ),
    noSandbox('bank'),
  ),
  RAZORPAYX_KEY_ID: z.string().optional(),
  RAZORPAYX_KEY_SECRET: z.string().optional(),
  RAZORPAYX_ACCOUNT_NUMBER: z.string().optional(),
  RAZORPAYX_WEBHOOK_SECRET: z.string().optional(),
}

/** The port that a process serves HTTP on, and who may say where a request came from. */
export const httpSection = {
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(8000),
  PUBLIC_URL: url('https', 'http').optional(),
  TRUSTED_PROXIES: cidrList.optional(),
  METRICS_PUBLIC: z.stringbool().default(false),
}

/** Where a worker tells its metrics; without a port nowhere. */
export const workerMetricsSection = {
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).optional(),
}

/** `RATE_LIMIT_FACTOR` multiplies every limit; absent means 20 in development and 1 elsewhere. */
export const rateLimitSection = {
  RATE_LIMIT_ENABLED: inProduction(z.stringbool().default(true), (raw) =>
    raw !== undefined && !['true', '1', 'yes', 'on', 'y', 'enabled'].includes(raw.toLowerCase())
      ? 'must not be switched off in production'
      : null,
  ),
  RATE_LIMIT_FACTOR: z.coerce.number({ error: 'must be a number' }).positive().max(1_000).optional(),
  STREAMS_PER_MEMBER: z.coerce.number({ error: 'must be a number' }).int().min(1).max(100).default(5),
  STREAMS_PER_PROCESS: z.coerce.number({ error: 'must be a number' }).int().min(1).max(10_000).default(1_000),
}
