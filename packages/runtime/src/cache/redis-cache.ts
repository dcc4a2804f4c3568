import type { Redis } from 'ioredis'
import { type Cache, CacheUnavailable, type GuessResult } from './cache.ts'

// Each script is one atomic step: a lost reply can at worst count a guess twice, never let one go uncounted.
const DELETE_IF_EQUALS = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`
const INCREMENT = `local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return n`
const PUT_SECRET = `redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'hash', ARGV[1], 'wrong', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`
const GUESS_SECRET = `local hash = redis.call('HGET', KEYS[1], 'hash')
if not hash then return 'absent' end
if tonumber(redis.call('HGET', KEYS[1], 'wrong')) >= tonumber(ARGV[2]) then return 'locked' end
if hash ~= ARGV[1] then redis.call('HINCRBY', KEYS[1], 'wrong', 1) return 'mismatch' end
if ARGV[3] == 'use_up' then redis.call('DEL', KEYS[1]) end
return 'match'`

/** A cache in Redis, shared by all processes. Every key is written under `prefix`. */
export function createRedisCache({ redis, prefix }: { redis: Redis; prefix: string }): Cache {
  const named = (key: string) => `${prefix}${key}`
  const run = (script: string, key: string, ...values: (string | number)[]) =>
    answered(() => redis.eval(script, 1, named(key), ...values))

  return {
    get: (key) => answered(() => redis.get(named(key))),
    async set(key, value, ttlMs) {
      await answered(() => redis.set(named(key), value, 'PX', ttlMs))
    },
    setIfAbsent: async (key, value, ttlMs) =>
      (await answered(() => redis.set(named(key), value, 'PX', ttlMs, 'NX'))) === 'OK',
    async delete(key) {
      await answered(() => redis.del(named(key)))
    },
    deleteIfEquals: async (key, value) => (await run(DELETE_IF_EQUALS, key, value)) === 1,
    increment: async (key, ttlMs) => Number(await run(INCREMENT, key, ttlMs)),
    async putSecret(key, hash, ttlMs) {
      await run(PUT_SECRET, key, hash, ttlMs)
    },
    guessSecret: async (key, hash, { maxAttempts, onMatch = 'use_up' }) =>
      guessResult(await run(GUESS_SECRET, key, hash, maxAttempts, onMatch)),
    async check() {
      await answered(() => redis.ping())
    },
    async close() {
      redis.disconnect()
    },
  }
}

async function answered<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    throw new CacheUnavailable(error)
  }
}

function guessResult(answer: unknown): GuessResult {
  if (answer === 'match' || answer === 'mismatch' || answer === 'locked' || answer === 'absent') return answer
  throw new Error(`Redis answered a guess with ${JSON.stringify(answer)}.`)
}
