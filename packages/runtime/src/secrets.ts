import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'

/** A secret with the name by which stored values and tokens refer to it. */
export type KeyedSecret = { id: string; secret: string }

/** The first key of a list signs or encrypts; the others still verify or decrypt. */
export type Secrets = { jwtKeys: readonly KeyedSecret[]; hashKey: string; encryptionKeys: readonly KeyedSecret[] }

/** The variables of `secretsSection`. */
export type SecretVariables = {
  NODE_ENV: 'development' | 'test' | 'production'
  DATA_DIR: string
  JWT_SECRET?: string | undefined
  JWT_KEYS?: string | undefined
  HASH_KEY?: string | undefined
  ENCRYPTION_KEY?: string | undefined
  ENCRYPTION_KEYS?: string | undefined
}

const FIRST_KEY_ID = 'k1'
const MIN_BYTES = 32
const KEY_LIST = /^[\w-]{1,32}:[^,]+(,[\w-]{1,32}:[^,]+)*$/
const savedSecrets = z.object({ JWT_SECRET: z.string(), HASH_KEY: z.string(), ENCRYPTION_KEY: z.string() })

/**
 * The secrets of a process. In production all of them come from the environment. Elsewhere what the environment leaves out is made
 * once and kept in `DATA_DIR/secrets.json`, readable by its owner only, so that no installation shares a secret with another.
 */
export function resolveSecrets(env: SecretVariables): Secrets {
  const problems = env.NODE_ENV === 'production' ? secretProblems(env) : []
  if (problems.length > 0) throw new ConfigError(problems)
  const isComplete = (env.JWT_KEYS ?? env.JWT_SECRET) && env.HASH_KEY && (env.ENCRYPTION_KEYS ?? env.ENCRYPTION_KEY)
  const saved = isComplete ? null : loadOrCreateSecrets(env.DATA_DIR)
  return {
    jwtKeys: keyList(env.JWT_KEYS, env.JWT_SECRET ?? saved?.JWT_SECRET),
    hashKey: env.HASH_KEY ?? saved?.HASH_KEY ?? '',
    encryptionKeys: keyList(env.ENCRYPTION_KEYS, env.ENCRYPTION_KEY ?? saved?.ENCRYPTION_KEY),
  }
}

/** What is wrong with the secrets of a production environment: absent, short, guessable, or one secret for two purposes. */
export function secretProblems(env: Partial<SecretVariables>): string[] {
  const purposes = [
    { name: 'JWT_SECRET', secrets: keyList(env.JWT_KEYS, env.JWT_SECRET) },
    { name: 'HASH_KEY', secrets: keyList(undefined, env.HASH_KEY) },
    { name: 'ENCRYPTION_KEY', secrets: keyList(env.ENCRYPTION_KEYS, env.ENCRYPTION_KEY) },
  ]
  const problems = purposes.flatMap(({ name, secrets }) =>
    secrets.length === 0
      ? [`${name}: is required in production`]
      : secrets.flatMap(({ id, secret }) => weaknesses(secret).map((weakness) => `${name} (key ${id}): ${weakness}`)),
  )
  const all = purposes.flatMap(({ secrets }) => secrets.map(({ secret }) => secret))
  if (new Set(all).size < all.length)
    problems.push('JWT_SECRET, HASH_KEY, ENCRYPTION_KEY: each needs a secret of its own')
  return problems
}

function weaknesses(secret: string): string[] {
  const found: string[] = []
  if (Buffer.byteLength(secret) < MIN_BYTES) found.push(`must have at least ${MIN_BYTES} bytes`)
  if (/change.?(me|it|this)|default|example|password|your.?secret|insecure|development/i.test(secret)) {
    found.push('looks like a default value')
  } else if (new Set(secret).size < 10) found.push('has too few different characters')
  return found
}

/** `kid:secret,kid2:secret2`, or a single secret under the first id. */
function keyList(list: string | undefined, single: string | undefined): KeyedSecret[] {
  if (list === undefined) return single === undefined ? [] : [{ id: FIRST_KEY_ID, secret: single }]
  return list.split(',').map((entry) => {
    const colon = entry.indexOf(':')
    return { id: entry.slice(0, colon), secret: entry.slice(colon + 1) }
  })
}

export function isKeyList(text: string): boolean {
  if (!KEY_LIST.test(text)) return false
  const ids = keyList(text, undefined).map(({ id }) => id)
  return new Set(ids).size === ids.length
}

function loadOrCreateSecrets(dataDir: string): z.infer<typeof savedSecrets> {
  const file = join(dataDir, 'secrets.json')
  const existing = readIfPresent(file)
  if (existing !== null) return parseSaved(file, existing)
  const made = () => randomBytes(48).toString('base64url')
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(draft, JSON.stringify({ JWT_SECRET: made(), HASH_KEY: made(), ENCRYPTION_KEY: made() }, null, 2), {
    mode: 0o600,
  })
  try {
    // A link appears whole or not at all: of two processes that start together one wins and both read the same file.
    linkSync(draft, file)
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return parseSaved(file, readFileSync(file, 'utf8'))
}

function readIfPresent(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return null
    throw error
  }
}

function parseSaved(file: string, text: string): z.infer<typeof savedSecrets> {
  try {
    return savedSecrets.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${file} cannot be read. Restore it: without it stored values cannot be decrypted.`, {
      cause: error,
    })
  }
}
