import { discardParkedMessage } from '@ev/application'
import { deliveryStore } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { createRabbitTransport } from '@ev/messaging'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../../testing/an-api.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
    await api.settle()
  })
  const read = async (path: string) => (await api.get(`/api/admin/${path}`, admin).expect(200)).body

  /** Puts a message aside as a worker does after its last attempt. */
  async function park(handler: string, envelope: unknown, n: number) {
    const store = deliveryStore(api.deps.db)
    const now = api.clock.now()
    await store.insert([{ messageId: uuid(n), handler, envelope, availableAt: now }])
    const claim = { leaseMs: 1_000, now, exclusive: false }
    for (const { id, messageId } of await store.claim(handler, 10, claim)) {
      if (messageId === uuid(n)) await store.park(id, 'Pair 17 is locked, token=eyJhbGciOi.x.y')
    }
  }
  const envelopeOf = (n: number) => ({
    id: uuid(n),
    name: 'pair.matched',
    payload: { pairId: n },
    occurredAt: api.clock.now().toISOString(),
    requestId: 'r1',
    traceparent: null,
  })

  test('the outbox shows what waits, for how long, and what has gone', async () => {
    await api.aMember()
    api.clock.advance(90_000)
    const waiting = await read('outbox/?is_published=false')
    expect(waiting).toMatchObject({ count: 1, unpublished_count: 1, oldest_unpublished_age_seconds: 90 })
    expect(waiting.results[0]).toMatchObject({
      name: 'member.registered',
      payload: { userId: expect.any(Number) },
      published_at: null,
      attempts: 0,
      last_error: null,
    })
    await api.settle()
    const gone = await read('outbox/?page_size=1')
    expect(gone).toMatchObject({ unpublished_count: 0, oldest_unpublished_age_seconds: null })
    expect(gone.results[0].published_at).toBe(api.clock.now().toISOString())
    expect((await read('outbox/?is_published=false')).count).toBe(0)
  })

  test('what was put aside is shown with its reason, without secrets, also what cannot be read', async () => {
    await park('pairs.credit', envelopeOf(1), 1)
    await park('pairs.credit', envelopeOf(2), 2)
    await park('payouts.transfer', { nonsense: true }, 3)
    const { count, handlers, results } = await read('parked/')
    expect(count).toBe(3)
    expect(handlers).toContainEqual({ handler: 'pairs.credit', count: 2 })
    expect(handlers).toContainEqual({ handler: 'notifications.deliver', count: 0 })
    expect(results[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      handler: 'pairs.credit',
      name: 'pair.matched',
      message_id: uuid(1),
      payload: { pairId: 1 },
      occurred_at: expect.any(String),
      raw: null,
      reason: expect.stringMatching(/^Pair 17 is locked, token=\[redacted\]/),
      attempt: 1,
    })
    expect(results[2]).toMatchObject({ name: null, payload: null, raw: '{"nonsense":true}' })
    expect((await read('parked/?handler=payouts.transfer')).results).toHaveLength(1)
    await api.get('/api/admin/parked/?handler=nobody', admin).expect(400)
  })

  test('one goes back to its handler, then all of them; each request is audited', async () => {
    const [first] = (await read('parked/?handler=pairs.credit')).results
    const retry = (path: string) => api.post(`/api/admin/parked/${path}/retry/`, admin)
    expect((await retry(`pairs.credit/${first.id}`).expect(200)).body).toEqual({ retried: 1 })
    expect((await retry(`pairs.credit/${first.id}`).expect(404)).body.code).toBe('message.not_found')
    expect((await retry(`payouts.transfer/${first.id}`).expect(404)).body.code).toBe('message.not_found')
    expect((await retry('pairs.credit/x').expect(404)).body.code).toBe('message.not_found')
    expect(
      (await read('parked/?handler=pairs.credit')).results.map(
        ({ message_id }: Caller & { message_id: string }) => message_id,
      ),
    ).toEqual([uuid(2)])
    expect((await retry('pairs.credit').expect(200)).body).toEqual({ retried: 1 })
    expect((await retry('pairs.credit').expect(200)).body).toEqual({ retried: 0 })
    expect((await retry('nobody').expect(404)).body.code).toBe('request.not_found')
    const claimed = await deliveryStore(api.deps.db).claim('pairs.credit', 10, {
      leaseMs: 1,
      now: api.clock.now(),
      exclusive: false,
    })
    expect(claimed.map(({ messageId, attempt }) => [messageId, attempt])).toEqual([
      [uuid(1), 1],
      [uuid(2), 1],
    ])
    const lines = (await api.auditLines()).filter(({ action }) => action === 'messages.retry_requested')
    expect(lines.map(({ actorId, subjectId, details }) => [actorId, subjectId, details])).toEqual([
      [admin.id, 'pairs.credit', { message: first.id }],
      [admin.id, 'pairs.credit', { message: first.id }],
      [admin.id, 'payouts.transfer', { message: first.id }],
      [admin.id, 'pairs.credit', { message: 'x' }],
      [admin.id, 'pairs.credit', { message: 'all' }],
      [admin.id, 'pairs.credit', { message: 'all' }],
    ])
  })

  test('one that can never be handled is taken away, and what it said stays in the audit log', async () => {
    const { deps, transport } = api
    const [invalid] = (await read('parked/?handler=payouts.transfer')).results
    const what = { actorId: null, handler: 'payouts.transfer', id: invalid.id } as const
    expect(await discardParkedMessage(deps, transport, what)).toMatchObject({ raw: '{"nonsense":true}' })
    expect((await read('parked/?handler=payouts.transfer')).results).toEqual([])
    const again = discardParkedMessage(deps, transport, what)
    await expect(again).rejects.toMatchObject({ code: 'message.not_found' })
    const lines = (await api.auditLines()).filter(({ action }) => action === 'messages.discarded')
    expect(lines).toMatchObject([
      { actorId: null, subjectId: 'payouts.transfer', details: { message: invalid.id, text: '{"nonsense":true}' } },
    ])
  })

  test('members and staff are kept out', async () => {
    for (const by of [await api.aMember(), await api.aColleague('staff')]) {
      for (const path of ['outbox/', 'parked/']) await api.get(`/api/admin/${path}`, by).expect(403)
      await api.post('/api/admin/parked/pairs.credit/retry/', by).expect(403)
      await api.post('/api/admin/parked/pairs.credit/1/retry/', by).expect(403)
    }
  })

  test('while the broker is away the outbox is shown, and the queues are a 503', async () => {
    const log = { info() {}, warn() {}, error() {} }
    const away = createRabbitTransport({ url: 'amqp://127.0.0.1:1', log })
    try {
      const other = await anApi(api.deps.db, {}, { transport: away })
      await other.get('/api/admin/outbox/', admin).expect(200)
      for (const asking of [
        other.get('/api/admin/parked/', admin),
        other.post('/api/admin/parked/pairs.credit/retry/', admin),
      ]) {
        expect((await asking.expect(503)).body.code).toBe('service.unavailable')
      }
    } finally {
      await away.close({ graceMs: 0 })
    }
  })
})
