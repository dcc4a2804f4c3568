import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  brokerSection,
  cacheSection,
  databaseSection,
  filesSection,
  httpSection,
  mailSection,
  parseConfig,
  processSection,
  providersSection,
  rateLimitSection,
  secretsSection,
} from './config.ts'
import { ConfigError } from './config-error.ts'
import { resolveSecrets } from './secrets.ts'

const schema = z.object({
  ...processSection,
  ...databaseSection,
  ...cacheSection,
  ...brokerSection,
  ...secretsSection,
  ...mailSection,
  ...filesSection,
  ...httpSection,
  ...rateLimitSection,
})

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'mysql://ev:pw@db/ev',
  REDIS_URL: 'redis://cache:6379',
  AMQP_URL: 'amqp://broker',
  JWT_SECRET: 'Zk3v9Qm1Xs7Tb5Rn0Lp8Wc2Yd4Hf6Jg1a',
  HASH_KEY: 'Qm1Xs7Tb5Rn0Lp8Wc2Yd4Hf6Jg1aZk3v9b',
  ENCRYPTION_KEY: 'Tb5Rn0Lp8Wc2Yd4Hf6Jg1aZk3v9Qm1Xs7c',
  SMTP_URL: 'smtp://mail:25',
  MAIL_FROM: 'EV <no-reply@ev.in>',
  SMS_GATEWAY_URL: 'https://sms.ev.in/send',
  SMS_DLT_ENTITY_ID: '1101234567890123456',
  SMS_DLT_HEADER: 'EVPLAT',
  SMS_CODE_TEMPLATE_ID: '1107160000000000001',
  SMS_CODE_TEMPLATE_TEXT: '{#var#} is your code.',
  SMS_NOTICE_TEMPLATE_ID: '1107160000000000002',
  SMS_NOTICE_TEMPLATE_TEXT: 'EV Platform: {#var#}.',
}

const providers = z.object({ ...processSection, ...providersSection })

const providerProblems = (env: Record<string, string>) => problemsOf(env, providers)

function problemsOf(env: Record<string, string>, of: z.ZodObject = schema): readonly string[] {
  try {
    parseConfig(of, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('a bucket needs its region and keys beside it, anywhere, and nothing without it', () => {
  const keys = { S3_REGION: 'ap-south-1', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }
  expect(problemsOf({ S3_BUCKET: 'ev-files', S3_REGION: 'ap-south-1' })).toEqual([
    'S3_ACCESS_KEY_ID: is required with S3_BUCKET',
    'S3_SECRET_ACCESS_KEY: is required with S3_BUCKET',
  ])
  expect(problemsOf(keys)).toEqual(['S3_BUCKET: is required with S3_SECRET_ACCESS_KEY'])
  expect(problemsOf({ S3_BUCKET: 'ev-files', ...keys })).toEqual([])
  expect(problemsOf({ S3_BUCKET: 'ev-files', ...keys, S3_ENDPOINT: 'files' })).toHaveLength(1)
  expect(problemsOf({})).toEqual([])
})

describe('a configuration', () => {
  test('needs nothing outside production', () => {
    const config = parseConfig(schema, { DATABASE_URL: '' })
    expect(config).toMatchObject({ NODE_ENV: 'development', PORT: 8000, HOST: '127.0.0.1', RATE_LIMIT_ENABLED: true })
    expect(config.DATABASE_URL).toBeUndefined()
  })

  test('names every mistake at once, by variable', () => {
    const problems = problemsOf({
      PORT: 'eight',
      DATABASE_URL: 'postgres://x',
      RATE_LIMIT_ENABLED: 'perhaps',
      JWT_KEYS: 'a',
      TRUSTED_PROXIES: 'all',
    })
    const variables = problems.map((problem) => problem.split(/[:.]/)[0])
    expect(new Set(variables)).toEqual(
      new Set(['PORT', 'DATABASE_URL', 'RATE_LIMIT_ENABLED', 'JWT_KEYS', 'TRUSTED_PROXIES']),
    )
  })

  test('reads lists of proxies', () => {
    expect(parseConfig(schema, { TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '::1'])
  })
})

describe('in production', () => {
  test('refuses the sandbox, unlimited requests and an unencrypted SMS gateway', () => {
    const problems = providerProblems({ NODE_ENV: 'production' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PAYMENT_PROVIDER', 'BANK_PROVIDER'])
    expect(problemsOf({ ...production, RATE_LIMIT_ENABLED: 'false' }).join()).toContain('RATE_LIMIT_ENABLED')
    expect(problemsOf({ ...production, SMS_GATEWAY_URL: 'http://sms.example/' }).join()).toContain('SMS_GATEWAY_URL')
  })

  test('takes Razorpay, whose variables are needed wherever it is chosen', () => {
    const keys = { RAZORPAY_KEY_ID: 'rzp_1', RAZORPAY_KEY_SECRET: 'a secret', RAZORPAY_WEBHOOK_SECRET: 'another' }
    const chosen = { NODE_ENV: 'production', PAYMENT_PROVIDER: 'razorpay' }
    expect(providerProblems({ ...chosen, ...keys }).join()).not.toMatch(/PAYMENT|RAZORPAY/)
    for (const env of [chosen, { PAYMENT_PROVIDER: 'razorpay', RAZORPAY_KEY_ID: '' }]) {
      expect(providerProblems(env).filter((problem) => problem.startsWith('RAZORPAY'))).toEqual(
        Object.keys(keys).map((name) => `${name}: is required when PAYMENT_PROVIDER is razorpay`),
      )
    }
    expect(providerProblems({ PAYMENT_PROVIDER: 'barter' }).join()).toContain('PAYMENT_PROVIDER')
    expect(providerProblems({})).toEqual([])
  })

  test('takes RazorpayX, whose variables are needed wherever it is chosen', () => {
    const keys = {
      RAZORPAYX_KEY_ID: 'rzp_1',
      RAZORPAYX_KEY_SECRET: 'a secret',
      RAZORPAYX_ACCOUNT_NUMBER: '2323230000000001',
      RAZORPAYX_WEBHOOK_SECRET: 'another',
    }
    const chosen = { NODE_ENV: 'production', BANK_PROVIDER: 'razorpayx' }
    expect(providerProblems({ ...chosen, ...keys }).join()).not.toMatch(/BANK|RAZORPAYX/)
    for (const env of [chosen, { BANK_PROVIDER: 'razorpayx', RAZORPAYX_KEY_ID: '' }]) {
      expect(providerProblems(env).filter((problem) => problem.startsWith('RAZORPAYX'))).toEqual(
        Object.keys(keys).map((name) => `${name}: is required when BANK_PROVIDER is razorpayx`),
      )
    }
    expect(providerProblems({ BANK_PROVIDER: 'mattress' }).join()).toContain('BANK_PROVIDER')
  })

  test('a complete configuration is accepted', () => {
    expect(problemsOf(production)).toEqual([])
    expect(resolveSecrets(parseConfig(schema, production)).jwtKeys).toEqual([
      { id: 'k1', secret: production.JWT_SECRET },
    ])
  })

  test('everything embedded and every missing secret is listed at once', () => {
    const variables = problemsOf({ NODE_ENV: 'production', PORT: 'x' }).map((problem) => problem.split(':')[0])
    expect(variables).toEqual([
      'PORT',
      'DATABASE_URL',
      'REDIS_URL',
      'AMQP_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'SMS_GATEWAY_URL',
      'SMS_DLT_ENTITY_ID',
      'SMS_DLT_HEADER',
      'SMS_CODE_TEMPLATE_ID',
      'SMS_CODE_TEMPLATE_TEXT',
      'SMS_NOTICE_TEMPLATE_ID',
      'SMS_NOTICE_TEMPLATE_TEXT',
      'JWT_SECRET',
      'HASH_KEY',
      'ENCRYPTION_KEY',
    ])
  })

  test.each([
    ['short', 'Zk3v9Qm1Xs7Tb5Rn0Lp8'],
    ['default', 'please-change-me-please-change-me-please'],
    ['repeated', 'a'.repeat(64)],
    ['empty', ''],
  ])('a %s secret is refused', (_, secret) => {
    expect(problemsOf({ ...production, JWT_SECRET: secret }).join()).toContain('JWT_SECRET')
  })

  test('one secret for two purposes is refused, and so is a weak key in a rotation list', () => {
    expect(problemsOf({ ...production, HASH_KEY: production.JWT_SECRET }).join()).toContain('of its own')
    expect(problemsOf({ ...production, JWT_KEYS: `new:${production.HASH_KEY}x,old:short` }).join()).toContain('key old')
  })

  test('a text for SMS has exactly one place for what varies', () => {
    for (const text of ['Your code', '{#var#} and {#var#}']) {
      expect(problemsOf({ ...production, SMS_CODE_TEMPLATE_TEXT: text }).join()).toContain('SMS_CODE_TEMPLATE_TEXT')
    }
  })

  test('an SQLite file is refused', () => {
    expect(problemsOf({ ...production, DATABASE_URL: 'file:/x.db' }).join()).toContain('DATABASE_URL')
  })
})

describe('secrets in development', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'ev-secrets-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  test('are made once, kept for the owner only, and read again', () => {
    const env = { NODE_ENV: 'development' as const, DATA_DIR: dataDir }
    const first = resolveSecrets(env)
    expect(resolveSecrets(env)).toEqual(first)
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir)).toEqual(['secrets.json'])
    expect(new Set([first.hashKey, first.jwtKeys[0]?.secret, first.encryptionKeys[0]?.secret]).size).toBe(3)
  })

  test('differ between installations, and give way to the environment', () => {
    const env = { NODE_ENV: 'development' as const, DATA_DIR: dataDir }
    const other = resolveSecrets({ ...env, DATA_DIR: join(dataDir, 'other') })
    const mine = resolveSecrets({ ...env, HASH_KEY: 'given', JWT_KEYS: 'new:one,old:two:three' })
    expect(mine.encryptionKeys).not.toEqual(other.encryptionKeys)
    expect(mine.hashKey).toBe('given')
    expect(mine.jwtKeys).toEqual([
      { id: 'new', secret: 'one' },
      { id: 'old', secret: 'two:three' },
    ])
  })

  test('a damaged file is a fault, not a reason to make new secrets', () => {
    writeFileSync(join(dataDir, 'secrets.json'), '{"JWT_SECRET":')
    expect(() => resolveSecrets({ NODE_ENV: 'development', DATA_DIR: dataDir })).toThrow(/Restore it/)
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe('{"JWT_SECRET":')
  })
})
