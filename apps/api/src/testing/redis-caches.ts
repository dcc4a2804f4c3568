import { randomUUID } from 'node:crypto'
import { type Cache, connectRedis, createLogger, createRedisCache } from '@ev/runtime'
import { afterAll, describe } from 'vitest'

const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const silent = createLogger({ level: 'silent', pretty: false })
const prefix = `ev_test_${randomUUID()}:`
const isReachable = await answers()
if (!isReachable && process.env['REQUIRE_SERVICES'] === '1') throw new Error(`Redis does not answer at ${url}.`)

async function answers(): Promise<boolean> {
  const probe = createRedisCache({ redis: await connectRedis({ url, logger: silent, waitMs: 1_000 }), prefix })
  try {
    await probe.check()
    return true
  } catch {
    return false
  } finally {
    await probe.close()
  }
}

/**
 * Declares tests that need Redis; they are skipped where none answers, unless services are required. `aCache` opens one more cache on the same
 * keys, as another process would. What the tests leave behind expires within ten minutes.
 */
export function redisCaches(declare: (aCache: () => Promise<Cache>) => void): void {
  describe.skipIf(!isReachable)('with Redis', () => {
    const open: Cache[] = []
    afterAll(async () => {
      for (const cache of open) await cache.close()
    })
    declare(async () => {
      const cache = createRedisCache({ redis: await connectRedis({ url, logger: silent }), prefix })
      open.push(cache)
      return cache
    })
  })
}
