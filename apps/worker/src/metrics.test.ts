import { addPlatformMetrics, verifyAndRecord, verifyDaily } from '@ev/application'
import { deliveryStore } from '@ev/db'
import { eachDatabase, quietLog } from '@ev/db/testing'
import { createDatabaseTransport } from '@ev/messaging'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorkerMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'
import { aQuietPlatform, type QuietPlatform } from './testing/a-platform.ts'

const dayMs = 86_400_000

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase()).database)
  })

  async function told(): Promise<string> {
    const registry = new Registry()
    const { deps } = platform
    const transport = createDatabaseTransport({ store: deliveryStore(deps.db), clock: deps.clock, log: quietLog })
    try {
      addPlatformMetrics(registry, { ...deps, transport })
      return await registry.metrics()
    } finally {
      await transport.close({ graceMs: 0 })
    }
  }

  test('the daily verification tells every process what it found, ledger and tree, and once a day; one that is asked for takes its place', async () => {
    const asha = await platform.aMember()
    await platform.aMember(asha.id)
    await platform.settled()
    expect(await told()).toMatch(/^ledger_differences nan$/im)

    expect(await verifyDaily(platform.deps)).toBe(0)
    expect(await verifyDaily(platform.deps)).toBeNull()
    expect(await told()).toContain('ledger_differences 0\n')

    const { db, clock } = platform.deps
    await db.transaction((tx) => tx.wallet.updateMany({ where: { userId: asha.id }, data: { totalEarned: 1n } }))
    await db.transaction((tx) => tx.legs.updateMany({ where: { leftTeam: 1 }, data: { leftTeam: 2 } }))
    platform.clock.advance(dayMs)
    expect(await verifyDaily(platform.deps)).toBe(2)
    const text = await told()
    expect(text).toContain('ledger_differences 2\n')
    expect(text).toContain(`ledger_verified_timestamp_seconds ${clock.now().getTime() / 1_000}\n`)
    expect(text).toMatch(/^ledger_verification_seconds [\d.]+$/m)

    await db.transaction((tx) => tx.wallet.updateMany({ where: { userId: asha.id }, data: { totalEarned: 0n } }))
    await db.transaction((tx) => tx.legs.updateMany({ where: { leftTeam: 2 }, data: { leftTeam: 1 } }))
    const { differences } = await verifyAndRecord(platform.deps, { progress: () => {}, settledAfterMs: 0 })
    expect(differences).toEqual([])
    expect(await told()).toContain('ledger_differences 0\n')
    await platform.expectClean()
  })
})

describe('a worker', () => {
  const metrics = createWorkerMetrics({ process: true })
  let server: Awaited<ReturnType<typeof serveMetrics>>
  beforeAll(async () => {
    server = await serveMetrics(metrics.registry, { host: '127.0.0.1', port: 0, log: { error: () => {} } })
  })
  afterAll(() => server.close())
  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method })

  test('tells how long its handlers took and how that ended, what its schedules did, and how it is', async () => {
    metrics.handled({ handler: 'pairs.credit', outcome: 'done', messages: 1, durationMs: 40 })
    metrics.handled({ handler: 'network.place-and-match', outcome: 'retry', messages: 17, durationMs: 700 })
    metrics.scheduleRan({ schedule: 'start-month', outcome: 'failed' })
    const text = await (await get('/metrics')).text()
    expect(text).toContain('handler_duration_seconds_bucket{le="0.05",handler="pairs.credit",outcome="done"} 1\n')
    expect(text).toContain('handled_messages_total{handler="network.place-and-match",outcome="retry"} 17\n')
    expect(text).toContain('schedule_runs_total{schedule="start-month",outcome="failed"} 1\n')
    expect(text).toContain('nodejs_eventloop_lag_seconds')
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/')).status).toBe(404)
    expect((await get('/metrics', 'POST')).status).toBe(405)
  })
})
