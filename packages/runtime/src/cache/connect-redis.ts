import { Redis } from 'ioredis'
import type { Logger } from '../logger.ts'

/**
 * A connection for use while a request waits: it fails within a second instead of queueing commands for a server that is away, never sends a
 * command twice, and reconnects in the background for ever. Resolves when connected, or after `waitMs` without: the process
 * may start while Redis is away, and its readiness says so.
 */
export async function connectRedis({
  url,
  logger,
  waitMs = 3_000,
}: {
  url: string
  logger: Logger
  waitMs?: number
}): Promise<Redis> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    commandTimeout: 1_000,
    connectTimeout: 2_000,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000),
  })
  let reported = false
  redis.on('error', (error: Error) => {
    if (!reported) logger.error({ err: error }, 'Redis is not reachable')
    reported = true
  })
  redis.on('ready', () => {
    if (reported) logger.info('Redis is reachable again')
    reported = false
  })
  await readyWithin(redis, waitMs)
  return redis
}

function readyWithin(redis: Redis, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs)
    redis.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
