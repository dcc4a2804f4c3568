import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { apiConfig } from '@ev/api'
import { databaseUrl, openPlatform, prepareDatabase } from '@ev/application'
import { removeLargeDatabase } from '@ev/db/testing/large-database'
import { removeQueues } from '@ev/messaging/testing'
import { createLogger, parseConfig, systemClock } from '@ev/runtime'
import { freePort } from '@ev/testing'
import { amqpUrl, mysqlServer, redisUrl } from '../services.ts'
import { type Program, startProgram } from './program.ts'
import { type Story, writeStory } from './story.ts'

export type StackKind = 'sqlite' | 'mariadb'

export type Stack = {
  readonly kind: StackKind
  readonly databaseUrl: string
  readonly story: Story
  /** Starts a worker, lets `use` go on beside it, and ends it. */
  withWorker<T>(use: (pid: number) => Promise<T>): Promise<T>
  /** Starts so many api processes, lets `use` ask them, and ends them. */
  withApis<T>(count: number, use: (apis: { ports: number[]; pids: number[] }) => Promise<T>): Promise<T>
}

type Env = Readonly<Record<string, string>>

/** Limits are counted as in production, with so much room that none is reached by one address. */
const common = { HOST: '127.0.0.1', NODE_ENV: 'development', RATE_LIMIT_FACTOR: '1000', LOG_LEVEL: 'info' }
const noServices = { DATABASE_URL: '', REDIS_URL: '', AMQP_URL: '' }

/** A platform on data of its own, filled with a small story; everything is removed afterwards. */
export async function withStack<T>(
  kind: StackKind,
  { members }: { members: number },
  use: (stack: Stack) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-bench-'))
  const prefix = `ev-bench-${randomBytes(4).toString('hex')}.`
  const database = new URL(`/ev_bench_${randomBytes(6).toString('hex')}`, mysqlServer).href
  const env = { ...common, ...noServices, DATA_DIR: folder, ...(kind === 'mariadb' && { DATABASE_URL: database }) }
  const services = { REDIS_URL: redisUrl, REDIS_PREFIX: prefix, AMQP_URL: amqpUrl, AMQP_PREFIX: prefix }
  try {
    const { story, url } = await fill(env, { folder, members })
    const apiEnv = kind === 'mariadb' ? { ...env, ...services } : env
    return await use({
      kind,
      story,
      databaseUrl: url,
      withWorker: (useWorker) => runWorker({ env: apiEnv, log: join(folder, 'worker-beside.log') }, useWorker),
      withApis: (count, useApis) => runApis({ env: apiEnv, folder, count }, useApis),
    })
  } finally {
    if (kind === 'mariadb') {
      await removeLargeDatabase(database)
      await removeQueues({ url: amqpUrl, prefix })
    }
    rmSync(folder, { recursive: true })
  }
}

/** The worker places the members in the tree and is ended before anything is measured. */
async function fill(
  env: Env,
  { folder, members }: { folder: string; members: number },
): Promise<{ story: Story; url: string }> {
  const logger = createLogger({ level: 'error', pretty: false })
  const config = parseConfig(apiConfig, env)
  const url = databaseUrl(config)
  await prepareDatabase({ url, logger, clock: systemClock })
  const platform = await openPlatform(config, { logger })
  try {
    const story = await writeStory(platform.deps, { members })
    await runWorker({ env, log: join(folder, 'worker.log') }, async () => {
      while ((await platform.deps.db.read.placement.count()) <= members) await pause(100)
    })
    return { story, url }
  } finally {
    await platform.close()
  }
}

async function runWorker<T>({ env, log }: { env: Env; log: string }, use: (pid: number) => Promise<T>): Promise<T> {
  const worker = await startProgram('worker', { env, log, ready: 'The worker is ready' })
  try {
    return await use(worker.pid)
  } finally {
    await worker.stop()
  }
}

async function runApis<T>(
  { env, folder, count }: { env: Env; folder: string; count: number },
  use: (apis: { ports: number[]; pids: number[] }) => Promise<T>,
): Promise<T> {
  const running: Program[] = []
  try {
    const ports: number[] = []
    for (let n = 0; n < count; n += 1) {
      const port = await freePort()
      const log = join(folder, `api-${port}.log`)
      running.push(await startProgram('api', { env: { ...env, PORT: String(port) }, log, ready: 'The API is ready' }))
      ports.push(port)
    }
    return await use({ ports, pids: running.map(({ pid }) => pid) })
  } finally {
    for (const program of running) await program.stop()
  }
}
