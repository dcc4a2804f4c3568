import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '@ev/db'
import { dropMysql, newMysqlUrl, quietLog } from '@ev/db/testing'
import { handlerNames, policyOf } from '@ev/messaging'
import { createTcpProxy, type TcpProxy } from '@ev/messaging/testing'
import { times } from '@ev/testing'
import { connect } from 'amqplib'
import { type RunningProcess, runCommand, startProcess } from './process.ts'

/** A whole platform in processes of its own, on data of its own. */
export type Stack = {
  readonly name: string
  /** Where the api processes answer. */
  readonly urls: readonly string[]
  readonly workers: RunningProcess[]
  /** Between the processes and the broker; null on the embedded stack. */
  readonly brokerLine: TcpProxy | null
  readonly db: Database
  /** From which the sandboxes of gateway and bank make their secrets. */
  readonly hashKey: string
  /** Starts one more worker. */
  addWorker(): Promise<void>
  verify(): Promise<{ ledger: string; tree: string }>
  stop(): Promise<void>
}

const common = { RATE_LIMIT_ENABLED: 'false', HOST: '127.0.0.1', NODE_ENV: 'development' }

/** SQLite, queues in the database, cache in the process: everything in one process. */
export async function embeddedStack(): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-e2e-'))
  const port = await freePort()
  const hashKey = newKey()
  const env = { ...common, HASH_KEY: hashKey, DATA_DIR: folder, SEED: 'empty', PORT: String(port), ...noServices }
  const platform = await startProcess('standalone', { env, ready: /The platform runs at/ })
  const db = await openDatabase({ url: `file:${folder}/ev.db`, log: quietLog })
  return {
    name: 'SQLite, in one process',
    urls: [`http://127.0.0.1:${port}`],
    workers: [],
    brokerLine: null,
    db,
    hashKey,
    addWorker: () => Promise.reject(new Error('The embedded stack is one process.')),
    verify: () => verifyWith(env),
    async stop() {
      await db.close()
      await platform.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const noServices = { DATABASE_URL: '', REDIS_URL: '', AMQP_URL: '' }

/** MariaDB, Redis and RabbitMQ, with as many api and worker processes as asked for. */
export async function servicesStack({ apis, workers }: { apis: number; workers: number }): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-e2e-'))
  const prefix = `ev-e2e-${randomBytes(4).toString('hex')}.`
  const url = newMysqlUrl()
  const brokerLine = await createTcpProxy({ host: '127.0.0.1', port: 5672 })
  const hashKey = newKey()
  const env = {
    ...common,
    HASH_KEY: hashKey,
    DATA_DIR: folder,
    DATABASE_URL: url,
    REDIS_URL: 'redis://127.0.0.1:6379',
    REDIS_PREFIX: prefix,
    AMQP_URL: `amqp://guest:guest@127.0.0.1:${brokerLine.port}`,
    AMQP_PREFIX: prefix,
  }
  const migrated = await runCommand('db-migrate', { env })
  if (migrated.code !== 0) throw new Error(migrated.output)
  const running: RunningProcess[] = []
  const workerProcesses: RunningProcess[] = []
  const addWorker = async () => {
    const worker = await startProcess('worker', { env, ready: /The worker is ready/ })
    running.push(worker)
    workerProcesses.push(worker)
  }
  const addApi = async () => {
    const port = await freePort()
    running.push(await startProcess('api', { env: { ...env, PORT: String(port) }, ready: /The API is ready/ }))
    return `http://127.0.0.1:${port}`
  }
  const [urls] = await Promise.all([Promise.all(times(apis, addApi)), Promise.all(times(workers, addWorker))])
  const db = await openDatabase({ url, log: quietLog, poolSize: 4 })
  return {
    name: 'MariaDB, Redis, RabbitMQ',
    urls,
    workers: workerProcesses,
    brokerLine,
    db,
    hashKey,
    addWorker,
    verify: () => verifyWith(env),
    async stop() {
      await db.close()
      await Promise.all(running.map((each) => each.stop()))
      await brokerLine.close()
      await removeQueues(prefix)
      await dropMysql(url)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const newKey = () => randomBytes(32).toString('base64url')

async function verifyWith(env: Readonly<Record<string, string>>): Promise<{ ledger: string; tree: string }> {
  const [ledger, tree] = await Promise.all([
    runCommand('ledger-verify', { env, args: ['--at-rest'] }),
    runCommand('tree-verify', { env }),
  ])
  return { ledger: ledger.output, tree: tree.output }
}

/** Removes the queues and the exchange of one stack. */
async function removeQueues(prefix: string): Promise<void> {
  const connection = await connect('amqp://guest:guest@127.0.0.1:5672')
  const channel = await connection.createChannel()
  for (const handler of handlerNames) {
    const steps = policyOf(handler).retryStepsMs.map((ms) => `.retry.${ms}`)
    for (const suffix of ['', '.parked', ...steps]) await channel.deleteQueue(`${prefix}${handler}${suffix}`)
  }
  await channel.deleteExchange(`${prefix}events`)
  await connection.close()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
