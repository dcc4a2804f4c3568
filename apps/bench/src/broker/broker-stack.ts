import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { apiConfig } from '@ev/api'
import { type Deps, databaseUrl, openPlatform, prepareDatabase } from '@ev/application'
import { removeLargeDatabase } from '@ev/db/testing/large-database'
import { createRabbitTransport, type Transport } from '@ev/messaging'
import { type BareQueue, removeQueues, withBareQueue } from '@ev/messaging/testing'
import { createLogger, parseConfig, systemClock } from '@ev/runtime'
import { amqpUrl, mysqlServer } from '../services.ts'

export type BrokerStack = {
  /** On a MariaDB database of its own. Nothing publishes its outbox by itself. */
  readonly deps: Deps
  /** On RabbitMQ, with queues of its own. */
  readonly transport: Transport
  /** What both are held against. */
  readonly bare: BareQueue
}

const poolSize = 10

/** A platform without processes, whose handlers and relay a benchmark runs itself; everything is removed afterwards. */
export async function withBrokerStack<T>(use: (stack: BrokerStack) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-bench-'))
  const prefix = `ev-bench-${randomBytes(4).toString('hex')}.`
  const database = new URL(`/ev_bench_${randomBytes(6).toString('hex')}`, mysqlServer).href
  const env = {
    DATA_DIR: folder,
    DATABASE_URL: database,
    DATABASE_POOL_SIZE: String(poolSize),
    NODE_ENV: 'development',
  }
  const logger = createLogger({ level: 'error', pretty: false })
  const config = parseConfig(apiConfig, env)
  try {
    await prepareDatabase({ url: databaseUrl(config), logger, clock: systemClock })
    const platform = await openPlatform(config, { logger })
    await platform.relay.stop()
    const transport = createRabbitTransport({ url: amqpUrl, prefix, log: logger })
    try {
      while ((await transport.check()).state !== 'up') await pause(50)
      return await withBareQueue(amqpUrl, (bare) => use({ deps: platform.deps, transport, bare }))
    } finally {
      await transport.close({ graceMs: 5_000 })
      await platform.close()
    }
  } finally {
    await removeLargeDatabase(database)
    await removeQueues({ url: amqpUrl, prefix })
    rmSync(folder, { recursive: true })
  }
}

/** How long `work` took, and the processor time of this process meanwhile, for each of `count` pieces of work. */
export async function timed(
  count: number,
  work: () => Promise<void>,
): Promise<{ perSecond: number; cpuMsPerOp: number }> {
  const before = process.cpuUsage()
  const startedAt = performance.now()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (count * 1_000) / (performance.now() - startedAt), cpuMsPerOp: (user + system) / 1_000 / count }
}

/** Waits until `isDone`, looking often. */
export async function settled(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await pause(20)
}
