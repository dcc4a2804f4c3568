import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import {
  brokerSection,
  cacheSection,
  databaseSection,
  filesSection,
  mailSection,
  parseConfig,
  processSection,
  providersSection,
  secretsSection,
} from './config.ts'
import { ConfigError } from './config-error.ts'
import { secretVariables } from './secret-files.ts'

const schema = z.object({ ...processSection, ...databaseSection, ...secretsSection })
const secret = 'Zk3v9Qm1Xs7Tb5Rn0Lp8Wc2Yd4Hf6Jg1a'

const folder = mkdtempSync(join(tmpdir(), 'ev-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(schema, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('a secret may stand in a file, with or without an end of line', () => {
  const config = parseConfig(schema, {
    HASH_KEY_FILE: file('hash', `${secret}\n`),
    JWT_KEYS_FILE: file('jwt', `new:${secret}\r\n`),
    DATABASE_URL_FILE: file('database', 'mysql://ev:pw@db/ev'),
  })
  expect(config).toMatchObject({ HASH_KEY: secret, JWT_KEYS: `new:${secret}`, DATABASE_URL: 'mysql://ev:pw@db/ev' })
})

test('what stands in a file is checked like what stands in the environment', () => {
  const problems = problemsOf({ NODE_ENV: 'production', HASH_KEY_FILE: file('short', 'short') })
  expect(problems).toContain('HASH_KEY (key k1): must have at least 32 bytes')
  expect(problemsOf({ DATABASE_URL_FILE: file('address', 'db') })).toEqual([
    'DATABASE_URL: must be a URL that begins with mysql: or mariadb: or file:',
  ])
})

test('every mistake with the files is named at once, and no secret', () => {
  const missing = join(folder, 'missing')
  const problems = problemsOf({
    JWT_SECRET_FILE: missing,
    HASH_KEY_FILE: file('empty', '\n'),
    ENCRYPTION_KEY: secret,
    ENCRYPTION_KEY_FILE: file('both', secret),
  })
  expect(problems).toEqual([
    `JWT_SECRET_FILE: ${missing} cannot be read`,
    `HASH_KEY_FILE: ${join(folder, 'empty')} is empty`,
    'ENCRYPTION_KEY_FILE: must not be set together with ENCRYPTION_KEY',
  ])
  expect(problems.join()).not.toContain(secret)
})

test('an empty path counts as absent', () => {
  expect(parseConfig(schema, { HASH_KEY: secret, HASH_KEY_FILE: '' })).toMatchObject({ HASH_KEY: secret })
})

test('every variable that holds a secret may be a file, and .env.example says so', () => {
  const all = { ...databaseSection, ...cacheSection, ...brokerSection, ...secretsSection, ...mailSection }
  const names = Object.keys({ ...all, ...filesSection, ...providersSection })
  const named = names.filter((name) => /SECRET|TOKEN|KEYS?$|^(DATABASE|REDIS|AMQP|SMTP)_URL$/.test(name))
  expect([...secretVariables].sort()).toEqual(named.sort())
  const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
  for (const name of secretVariables) expect(example).toContain(`${name}_FILE`)
})
