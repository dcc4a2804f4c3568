import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type Database, openDatabase } from '@ev/db'
import { quietLog } from '@ev/db/testing'
import { createTcpProxy, type TcpProxy } from '@ev/messaging/testing'
import { freePort, times } from '@ev/testing'
import { makePlace, removePlace, sharedBroker } from './place.ts'
import { type Environment, type RunningProcess, runCommand, startProcess } from './process.ts'

/** A whole platform in processes of its own, on data of its own. */
export type Stack = {
  readonly name: string
  /** What its processes are configured by. */
  readonly env: Environment
  /** Where the api processes answer. */
  readonly urls: readonly string[]
  readonly db: Database
  /** From which the sandboxes of gateway and bank make their secrets. */
  readonly hashKey: string
  verify(): Promise<Verification>
  stop(): Promise<void>
}

/** What the two verifiers printed and how they left. */
export type Verification = { readonly ledger: string; readonly tree: string; readonly isClean: boolean }

/** Everything in one process: `platform` is it. */
export type EmbeddedStack = Stack & { readonly platform: RunningProcess }

/** Processes on MariaDB, Redis and RabbitMQ, and the lines between them and these. */
export type ServicesStack = Stack & {
  readonly apis: RunningProcess[]
  readonly workers: RunningProcess[]
  readonly lines: { readonly database: TcpProxy; readonly cache: TcpProxy; readonly broker: TcpProxy }
  /** Where the exchange and the queues of this stack are. */
  readonly broker: { readonly url: string; readonly prefix: string }
  /** The database itself, beside the line. */
  readonly databaseUrl: string
  /** Starts one more worker, with other variables where `env` names them. */
  addWorker(env?: Environment): Promise<RunningProcess>
}

const common = { RATE_LIMIT_ENABLED: 'false', HOST: '127.0.0.1', NODE_ENV: 'development' }
const noServices = { DATABASE_URL: '', REDIS_URL: '', AMQP_URL: '' }
const sharedRedis = 'redis://127.0.0.1:6379'

/** SQLite, queues in the database, cache in the process: everything in one process. `folder` keeps the data where a place of the caller's own is to have it. */
export async function embeddedStack({
  folder: given,
  env: more = {},
}: {
  folder?: string
  env?: Environment
} = {}): Promise<EmbeddedStack> {
  const place = given === undefined ? makePlace() : null
  const folder = given ?? place!.folder
  mkdirSync(folder, { recursive: true })
  const port = await freePort()
  const hashKey = newKey()
  const env = {
    ...common,
    HASH_KEY: hashKey,
    DATA_DIR: folder,
    SEED: 'empty',
    PORT: String(port),
    ...noServices,
    ...more,
  }
  const platform = await startProcess('standalone', { env, ready: /The platform runs at/ })
  const db = await openDatabase({ url: `file:${folder}/ev.db`, log: quietLog })
  return {
    name: 'SQLite, in one process',
    env,
    urls: [`http://127.0.0.1:${port}`],
    platform,
    db,
    hashKey,
    verify: () => verifyWith(env),
    async stop() {
      await db.close()
      await platform.stop()
      if (place !== null) await removePlace(place)
    },
  }
}

export type ServicesOptions = {
  readonly apis: number
  readonly workers: number
  /** Servers of one's own instead of those that every stack shares. A MySQL server that is named is expected to be thrown away afterwards. */
  readonly servers?: { readonly mysql?: string; readonly redis?: string }
  /** Variables of all processes. */
  readonly env?: Environment
}

/** MariaDB, Redis and RabbitMQ, with as many api and worker processes as asked for, each server behind a line that can be cut. */
export async function servicesStack({
  apis,
  workers,
  servers = {},
  env: more = {},
}: ServicesOptions): Promise<ServicesStack> {
  const place = makePlace()
  const { folder, prefix } = place
  const url = servers.mysql === undefined ? place.databaseUrl : new URL('/ev_platform', servers.mysql).href
  const redis = servers.redis ?? sharedRedis
  const lines = { database: await lineTo(url), cache: await lineTo(redis), broker: await lineTo(sharedBroker) }
  const hashKey = newKey()
  const env = {
    ...common,
    HASH_KEY: hashKey,
    DATA_DIR: folder,
    DATABASE_URL: through(lines.database, url),
    REDIS_URL: through(lines.cache, redis),
    REDIS_PREFIX: prefix,
    AMQP_URL: through(lines.broker, sharedBroker),
    AMQP_PREFIX: prefix,
    ...more,
  }
  const migrated = await runCommand('db-migrate', { env })
  if (migrated.code !== 0) throw new Error(migrated.output)
  const workerProcesses: RunningProcess[] = []
  const addWorker = async (other: Environment = {}) => {
    const worker = await startProcess('worker', { env: { ...env, ...other }, ready: /The worker is ready/ })
    workerProcesses.push(worker)
    return worker
  }
  const addApi = async () => {
    const port = await freePort()
    const api = await startProcess('api', { env: { ...env, PORT: String(port) }, ready: /The API is ready/ })
    return { api, url: `http://127.0.0.1:${port}` }
  }
  const [started] = await Promise.all([
    Promise.all(times(apis, addApi)),
    Promise.all(times(workers, () => addWorker())),
  ])
  const apiProcesses = started.map(({ api }) => api)
  const db = await openDatabase({ url, log: quietLog, poolSize: 4 })
  return {
    name: 'MariaDB, Redis, RabbitMQ',
    env,
    urls: started.map((each) => each.url),
    apis: apiProcesses,
    workers: workerProcesses,
    lines,
    broker: { url: sharedBroker, prefix },
    databaseUrl: url,
    db,
    hashKey,
    addWorker,
    verify: () => verifyWith({ ...env, DATABASE_URL: url }),
    async stop() {
      await db.close()
      await Promise.all([...apiProcesses, ...workerProcesses].map((each) => each.stop()))
      for (const line of Object.values(lines)) await line.close()
      await removePlace(place)
    },
  }
}

const newKey = () => randomBytes(32).toString('base64url')

const defaultPorts: Readonly<Record<string, number>> = { 'mysql:': 3306, 'redis:': 6379, 'amqp:': 5672 }

/** A line of one's own to the server of a URL. */
export function lineTo(url: string): Promise<TcpProxy> {
  const { protocol, hostname, port } = new URL(url)
  return createTcpProxy({ host: hostname, port: Number(port || defaultPorts[protocol]) })
}

/** The same URL, by way of a line. */
export function through(line: TcpProxy, url: string): string {
  const address = new URL(url)
  address.host = `127.0.0.1:${line.port}`
  return address.href
}

async function verifyWith(env: Environment): Promise<Verification> {
  const [ledger, tree] = await Promise.all([
    runCommand('ledger-verify', { env, args: ['--at-rest'] }),
    runCommand('tree-verify', { env }),
  ])
  return { ledger: ledger.output, tree: tree.output, isClean: ledger.code === 0 && tree.code === 0 }
}
