import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withConnection } from '@ev/db/testing'
import { until } from '@ev/testing'
import { connect } from 'amqplib'
import { expect, test } from 'vitest'
import { makePlace, removeLeftovers, removePlace, sharedBroker } from './place.ts'
import { describeOnServices } from './services.ts'

/** Makes a place with a database, a queue and a process that works in it, says where, and waits to be killed. */
const owner = `
import { spawn } from 'node:child_process'
import { makePlace } from ${JSON.stringify(new URL('./place.ts', import.meta.url).href)}
const place = makePlace()
const worker = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env: { DATA_DIR: place.folder }, stdio: 'ignore' })
console.log(JSON.stringify({ ...place, worker: worker.pid }))
setInterval(() => {}, 1000)
`

describeOnServices('what a program leaves behind that died', () => {
  test('is ended and removed: processes, database, queues, folder; what belongs to the living is not', async () => {
    const living = makePlace()
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', owner], {
      cwd: fileURLToPath(new URL('../../worker', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    const left = await until(
      () => printed.includes('\n') && (JSON.parse(printed) as typeof living & { worker: number }),
      { timeoutMs: 60_000 },
    )
    const database = new URL(left.databaseUrl).pathname.slice(1)
    const databases = () =>
      withConnection(left.databaseUrl, ({ query }) => query('SHOW DATABASES LIKE ?', [database]), { database: false })
    await withConnection(left.databaseUrl, ({ query }) => query(`CREATE DATABASE ${database}`), { database: false })
    const broker = await connect(sharedBroker)
    const channel = await broker.createChannel()
    const queue = `${left.prefix}pairs.credit`
    await channel.assertQueue(queue)
    const isRunning = (pid: number) => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }

    await removeLeftovers()
    expect([existsSync(left.folder), isRunning(left.worker), (await databases()).length]).toEqual([true, true, 1])

    child.kill('SIGKILL')
    await new Promise((resolve) => child.on('exit', resolve))
    expect(await removeLeftovers()).toBeGreaterThanOrEqual(1)
    expect([existsSync(left.folder), (await databases()).length]).toEqual([false, 0])
    await until(() => !isRunning(left.worker), { timeoutMs: 10_000 })
    // Declared anew it is empty and another's: with the arguments of before it would be the same.
    await channel.assertQueue(queue, { durable: false })
    await channel.deleteQueue(queue)
    await broker.close()
    expect(existsSync(living.folder)).toBe(true)
    await removePlace(living)
    expect(existsSync(living.folder)).toBe(false)
  })
})
