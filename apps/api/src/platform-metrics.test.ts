import { eachDatabase } from '@ev/db/testing'
import { createRabbitTransport } from '@ev/messaging'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type TestApi } from './testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const metrics = async (of = api) => (await of.http.get('/metrics').expect(200)).text

  test('tell what waits in the outbox and for how long, what was put aside, and what runs at the database', async () => {
    await api.aMember()
    api.clock.advance(90_000)
    const told = await metrics()
    expect(told).toContain('outbox_unpublished_messages 1\n')
    expect(told).toContain('outbox_oldest_age_seconds 90\n')
    expect(told).toContain('parked_messages{handler="pairs.credit"} 0\n')
    expect(told).toMatch(/database_transactions\{state="running"\} \d+\n/)
    expect(told).toContain('database_transactions{state="waiting"} 0\n')
    await api.settle()
    expect(await metrics()).toContain('outbox_oldest_age_seconds 0\n')
  })

  test('are still told while the broker is away, without what it alone knows', async () => {
    const log = { info() {}, warn() {}, error() {} }
    const away = createRabbitTransport({ url: 'amqp://127.0.0.1:1', log })
    try {
      const told = await metrics(await anApi(api.deps.db, {}, { transport: away }))
      expect(told).toContain('outbox_unpublished_messages')
      expect(told).not.toContain('parked_messages{')
    } finally {
      await away.close({ graceMs: 0 })
    }
  })
})
