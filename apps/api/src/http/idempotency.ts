import { createHash } from 'node:crypto'
import { DomainError } from '@ev/domain'
import { type Cache, CacheUnavailable, type KeyedHash, type Logger } from '@ev/runtime'

/** A caller's key in stored form. The use case's transaction keeps it with its answer, and replays or refuses by it. */
export type IdempotencyKey = {
  /** Caller, method and route: the same key of someone else, or for another route, is another key. */
  readonly scope: string
  /** SHA-256 of the key, hex. */
  readonly keyHash: string
  /** Keyed hash of the parsed input, hex: the same key with another input is refused. Keyed, because an input may hold numbers that a thief of the database could guess. */
  readonly fingerprint: string
}

/** Longer than a gateway may take to answer, and how long the key of a request whose process died is refused. */
export const LOCK_TTL_MS = 15_000
const RETRY_AFTER_SECONDS = 1
const KEY_FORM = /^[\x20-\x7e]{1,200}$/

/** Reads the `Idempotency-Key` header. Refuses a key that is empty, longer than 200, or not printable ASCII. */
export function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  if (KEY_FORM.test(header)) return header
  throw new DomainError(
    'validation.failed',
    { reason: 'Must be 1 to 200 printable ASCII characters.' },
    'Idempotency-Key',
  )
}

export function idempotencyKeyFor(input: {
  hash: KeyedHash
  key: string
  userId: number | null
  method: string
  path: string
  request: unknown
}): IdempotencyKey {
  return {
    scope: `${input.userId ?? 'anonymous'}:${input.method.toUpperCase()} ${input.path}`,
    keyHash: sha256(input.key),
    fingerprint: input.hash({ context: 'idempotency', value: canonicalJson(input.request) }),
  }
}

/**
 * Runs `work` while no other request with the same key runs; refuses `idempotency.in_progress` otherwise. Only spares the second request the wait: when
 * the cache is away, or the work takes longer than the lock lasts, it runs without the lock, and the unique record in the database decides.
 */
export async function oneAtATime<T>(
  { cache, log }: { cache: Cache; log: Logger },
  { key, owner }: { key: IdempotencyKey; owner: string },
  work: () => Promise<T>,
): Promise<T> {
  const lock = `idempotency:${sha256(`${key.scope}\n${key.keyHash}`)}`
  const isLocked = await ignoringOutage(log, () => cache.setIfAbsent(lock, owner, LOCK_TTL_MS))
  if (isLocked === false) throw new DomainError('idempotency.in_progress', { retryAfterSeconds: RETRY_AFTER_SECONDS })
  try {
    return await work()
  } finally {
    if (isLocked) await ignoringOutage(log, () => cache.deleteIfEquals(lock, owner))
  }
}

async function ignoringOutage<T>(log: Logger, operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await operation()
  } catch (error) {
    if (!(error instanceof CacheUnavailable)) throw error
    log.warn({ err: error }, 'Going on without the lock of an idempotency key')
    return undefined
  }
}

/** JSON with the members of every object in order, so that equal inputs have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return `${item}n`
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
