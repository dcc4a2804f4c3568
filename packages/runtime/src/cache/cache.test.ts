import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { manualClock } from '../clock.ts'
import { createLogger } from '../logger.ts'
import { type Cache, CacheUnavailable } from './cache.ts'
import { connectRedis } from './connect-redis.ts'
import { createMemoryCache } from './memory-cache.ts'
import { createRedisCache } from './redis-cache.ts'

const REDIS_URL = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const silent = createLogger({ level: 'silent', pretty: false })
const redisAnswers = await isReachable(REDIS_URL)
if (!redisAnswers && process.env['REQUIRE_SERVICES'] === '1') throw new Error(`Redis does not answer at ${REDIS_URL}.`)

type Subject = { cache: Cache; expire(check: () => Promise<boolean>): Promise<void>; end(): Promise<void> }

const TTL = 60
const LONG = 60_000

async function memorySubject(): Promise<Subject> {
  const clock = manualClock(new Date('2026-04-01T00:00:00Z'))
  const cache = createMemoryCache({ clock })
  return {
    cache,
    async expire(check) {
      clock.advance(TTL)
      expect(await check()).toBe(true)
    },
    end: () => cache.close(),
  }
}

async function redisSubject(): Promise<Subject> {
  const prefix = `ev_test_${randomUUID()}:`
  const redis = await connectRedis({ url: REDIS_URL, logger: silent })
  return {
    cache: createRedisCache({ redis, prefix }),
    expire: (check) => vi.waitFor(async () => expect(await check()).toBe(true), { timeout: 5_000, interval: 10 }),
    async end() {
      const keys = await redis.keys(`${prefix}*`)
      if (keys.length > 0) await redis.del(keys)
      redis.disconnect()
    },
  }
}

async function isReachable(url: string): Promise<boolean> {
  const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
  probe.on('error', () => {})
  try {
    await probe.connect()
    return true
  } catch {
    return false
  } finally {
    probe.disconnect()
  }
}

const subjects = [
  { name: 'in memory', create: memorySubject, available: true },
  { name: 'in Redis', create: redisSubject, available: redisAnswers },
]

for (const { name, create, available } of subjects) {
  describe.skipIf(!available)(`a cache ${name}`, () => {
    let subject: Subject
    let cache: Cache
    beforeAll(async () => {
      subject = await create()
      cache = subject.cache
    })
    afterAll(() => subject.end())

    test('keeps a value until it is deleted or its time is over', async () => {
      expect(await cache.get('a')).toBeNull()
      await cache.set('a', 'one', LONG)
      await cache.set('a', 'two', LONG)
      expect(await cache.get('a')).toBe('two')
      await cache.delete('a')
      expect(await cache.get('a')).toBeNull()
      await cache.set('a', 'short', TTL)
      expect(await cache.get('a')).toBe('short')
      await subject.expire(async () => (await cache.get('a')) === null)
    })

    test('gives a lock to one of many, back only to its owner, and frees it when time is over', async () => {
      const got = await Promise.all(Array.from({ length: 20 }, (_, n) => cache.setIfAbsent('lock', `owner ${n}`, LONG)))
      expect(got.filter(Boolean)).toHaveLength(1)
      const owner = (await cache.get('lock')) ?? ''
      expect(await cache.deleteIfEquals('lock', 'a stranger')).toBe(false)
      expect(await cache.deleteIfEquals('lock', owner)).toBe(true)
      expect(await cache.deleteIfEquals('lock', owner)).toBe(false)
      expect(await cache.setIfAbsent('lock', 'next', TTL)).toBe(true)
      await subject.expire(() => cache.setIfAbsent('lock', 'after', LONG))
    })

    test('counts every increment once and does not prolong the window', async () => {
      const counts = await Promise.all(Array.from({ length: 50 }, () => cache.increment('count', LONG)))
      expect(new Set(counts).size).toBe(50)
      expect(Math.max(...counts)).toBe(50)
      await cache.increment('window', TTL)
      await cache.increment('window', LONG)
      await subject.expire(async () => (await cache.get('window')) === null)
    })

    test('a secret matches once', async () => {
      expect(await cache.guessSecret('s1', 'right', { maxAttempts: 5 })).toBe('absent')
      await cache.putSecret('s1', 'right', LONG)
      expect(await cache.guessSecret('s1', 'wrong', { maxAttempts: 5 })).toBe('mismatch')
      expect(await cache.guessSecret('s1', 'right', { maxAttempts: 5 })).toBe('match')
      expect(await cache.guessSecret('s1', 'right', { maxAttempts: 5 })).toBe('absent')
    })

    test('a match can leave the secret in place', async () => {
      await cache.putSecret('s2', 'right', LONG)
      expect(await cache.guessSecret('s2', 'right', { maxAttempts: 5, onMatch: 'keep' })).toBe('match')
      expect(await cache.guessSecret('s2', 'right', { maxAttempts: 5 })).toBe('match')
    })

    test('of a hundred simultaneous wrong guesses exactly five are evaluated, and then the right one is locked out', async () => {
      await cache.putSecret('s3', 'right', LONG)
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, n) => cache.guessSecret('s3', `wrong ${n}`, { maxAttempts: 5 })),
      )
      expect(results.filter((result) => result === 'mismatch')).toHaveLength(5)
      expect(results.filter((result) => result === 'locked')).toHaveLength(95)
      expect(await cache.guessSecret('s3', 'right', { maxAttempts: 5 })).toBe('locked')
    })

    test('a new secret replaces the old and ends the lock', async () => {
      await cache.putSecret('s4', 'old', LONG)
      expect(await cache.guessSecret('s4', 'wrong', { maxAttempts: 1 })).toBe('mismatch')
      expect(await cache.guessSecret('s4', 'old', { maxAttempts: 1 })).toBe('locked')
      await cache.putSecret('s4', 'new', LONG)
      expect(await cache.guessSecret('s4', 'old', { maxAttempts: 2 })).toBe('mismatch')
      expect(await cache.guessSecret('s4', 'new', { maxAttempts: 2 })).toBe('match')
    })

    test('of many simultaneous right guesses one matches', async () => {
      await cache.putSecret('s5', 'right', LONG)
      const results = await Promise.all(
        Array.from({ length: 20 }, () => cache.guessSecret('s5', 'right', { maxAttempts: 5 })),
      )
      expect(results.filter((result) => result === 'match')).toHaveLength(1)
    })

    test('a secret expires', async () => {
      await cache.putSecret('s6', 'right', TTL)
      await subject.expire(
        async () => (await cache.guessSecret('s6', 'x', { maxAttempts: 1_000_000, onMatch: 'keep' })) === 'absent',
      )
    })

    test('says that it answers', async () => {
      await expect(cache.check()).resolves.toBeUndefined()
    })
  })
}

test('a full cache in memory drops what has expired first, then the oldest', async () => {
  const clock = manualClock(new Date('2026-04-01T00:00:00Z'))
  const cache = createMemoryCache({ clock, maxEntries: 10 })
  await cache.set('lasting', 'x', LONG)
  for (let n = 0; n < 9; n += 1) await cache.set(`short ${n}`, 'x', TTL)
  clock.advance(TTL)
  await cache.set('next', 'x', LONG)
  expect(await cache.get('lasting')).toBe('x')
  for (let n = 0; n < 10; n += 1) await cache.set(`more ${n}`, 'x', LONG)
  expect(await cache.get('lasting')).toBeNull()
  expect(await cache.get('more 9')).toBe('x')
})

test('with Redis away every operation fails within a moment', async () => {
  const redis = await connectRedis({ url: 'redis://127.0.0.1:1', logger: silent, waitMs: 50 })
  const cache = createRedisCache({ redis, prefix: 'ev_test:' })
  await expect(cache.get('a')).rejects.toThrow(CacheUnavailable)
  await expect(cache.guessSecret('a', 'b', { maxAttempts: 5 })).rejects.toThrow(CacheUnavailable)
  await expect(cache.check()).rejects.toThrow(CacheUnavailable)
  await cache.close()
}, 3_000)
