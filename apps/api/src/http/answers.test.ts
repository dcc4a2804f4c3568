import { describe, expect, test } from 'vitest'
import { readIdempotencyKey } from './idempotency.ts'
import { createSmallApi } from './testing/small-api.ts'

describe('an answer', () => {
  test('is encoded by its schema: money and instants in wire form, undeclared fields gone', async () => {
    const { http } = createSmallApi()
    const answer = await http.get('/api/things/7/').expect(200)
    expect(answer.body).toEqual({
      id: 7,
      amount: '5000.00',
      change: '-0.50',
      made_at: '2026-04-01T06:30:00.000Z',
      note: null,
    })
  })

  test.each(['/api/things/7/', '/api/things/7', '/api/v1/things/7/', '/api/v1/things/7'])(
    'comes from %s',
    async (path) => {
      const { http } = createSmallApi()
      expect((await http.get(path).expect(200)).body.id).toBe(7)
    },
  )

  test('a fixed path wins over a parameter, whatever the order of the routes', async () => {
    const { http } = createSmallApi()
    expect((await http.get('/api/things/special/').expect(200)).body).toEqual({ special: true })
  })

  test('one of several declared answers is chosen by the handler', async () => {
    const { http, login } = createSmallApi()
    const pay = (id: number) => http.post(`/api/things/${id}/pay/`).set('Authorization', login()).send({ amount: 5 })
    expect((await pay(1).expect(201)).body.amount).toBe('5.00')
    expect((await pay(2).expect(202)).body).toEqual({ queued: true })
  })

  test('a download is an attachment that is not stored and not sniffed', async () => {
    const { http, login } = createSmallApi()
    const answer = await http.get('/api/staff/report.csv').set('Authorization', login('staff')).expect(200)
    expect(answer.text).toBe('a,b\n')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=report.csv',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  test('one route answers JSON, or a file where the handler chose one', async () => {
    const { http } = createSmallApi()
    const json = await http.get('/api/reports/things/').expect(200)
    expect(json.headers['content-type']).toContain('application/json')
    expect(json.body).toEqual({ total: '5000.00' })

    const csv = await http.get('/api/reports/things/?format=csv').expect(200)
    expect(csv.text).toBe('total\n5000.00\n')
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=things.csv',
    })
    const { body } = await http.get('/api/reports/things/?format=xml').expect(400)
    expect(body.errors).toEqual({ format: ['Must be one of json, csv.'] })
  })

  test('an answer that does not fit its schema is a fault, and nothing of it leaks', async () => {
    const { http, lines } = createSmallApi()
    const answer = await http.get('/api/things/501/').expect(500)
    expect(answer.body.code).toBe('internal.fault')
    expect(lines.join('')).toContain('does not fit its schema')
  })

  test('a public answer may be kept and is confirmed by its ETag, others are not stored', async () => {
    const { http, login } = createSmallApi()
    const first = await http.get('/api/things/7/')
    expect(first.headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    await http.get('/api/things/7/').set('If-None-Match', String(first.headers['etag'])).expect(304)
    const paid = await http.post('/api/things/1/pay/').set('Authorization', login()).send({ amount: 5 })
    expect(paid.headers['cache-control']).toBe('no-store')
  })
})

describe('a list', () => {
  test('links to its neighbours and keeps the other parameters', async () => {
    const { http } = createSmallApi()
    const { body } = await http.get('/api/v1/things/?page=2&ordering=amount').set('Host', 'ev.in').expect(200)
    expect(body).toMatchObject({
      count: 250,
      next: 'http://ev.in/api/v1/things/?page=3&ordering=amount',
      previous: 'http://ev.in/api/v1/things/?page=1&ordering=amount',
    })
    expect(body.results[0]).toEqual({ n: 20, by: 'amount asc' })
  })

  test('gives at most a hundred, by default twenty, and nothing beyond its end', async () => {
    const { http } = createSmallApi()
    const list = async (query: string) => (await http.get(`/api/things/${query}`).expect(200)).body
    expect((await list('')).results).toHaveLength(20)
    expect((await list('')).results[0].by).toBe('created_at desc')
    expect((await list('?page_size=1000000000')).results).toHaveLength(100)
    expect(await list('?page=999')).toMatchObject({ results: [], next: null })
    expect((await list('?page=3&page_size=100')).next).toBeNull()
  })

  test.each([
    'page=0',
    'page=-1',
    'page=x',
    'page=1&page=2',
    'page_size=0',
    'page_size=1e9',
    'ordering=password',
    "ordering=amount'--",
  ])('refuses ?%s and names the parameter', async (query) => {
    const { http } = createSmallApi()
    const { body } = await http.get(`/api/things/?${query}`).expect(400)
    expect(Object.keys(body.errors)).toEqual([query.split('=')[0]])
  })

  test('its links stay on the public address, whatever the request claims', async () => {
    const { http } = createSmallApi({ publicUrl: 'https://api.ev.in' })
    const { body } = await http.get('/api/things/').set('Host', 'evil.example').set('X-Forwarded-Host', 'evil.example')
    expect(body.next).toBe('https://api.ev.in/api/things/?page=2')
  })
})

describe('an idempotency key', () => {
  const pay = (api: ReturnType<typeof createSmallApi>, key: string, id = 1, amount = '5', login = api.login()) =>
    api.http.post(`/api/things/${id}/pay/`).set('Authorization', login).set('Idempotency-Key', key).send({ amount })
  const stored = (api: ReturnType<typeof createSmallApi>) =>
    api.deps.calls.map((call) => Reflect.get(Object(call), 'idempotency') as Record<string, string>)

  test('is handed on by caller and route, with a fingerprint of the parsed input', async () => {
    const api = createSmallApi()
    await pay(api, 'same key')
    await pay(api, 'same key', 1, '5.00')
    await pay(api, 'same key', 1, '6')
    await pay(api, 'same key', 2)
    await pay(api, 'same key', 1, '5', api.login('user', 7))
    const [first, again, otherAmount, otherThing, otherCaller] = stored(api)
    expect(first?.['scope']).toBe('42:POST /things/{id}/pay/')
    expect(again).toEqual(first)
    expect(otherAmount?.['fingerprint']).not.toBe(first?.['fingerprint'])
    expect(otherThing?.['fingerprint']).not.toBe(first?.['fingerprint'])
    expect(otherCaller).toMatchObject({ scope: '7:POST /things/{id}/pay/', keyHash: first?.['keyHash'] })
    expect(JSON.stringify(first)).not.toContain('same key')
  })

  test('a replay says so', async () => {
    const api = createSmallApi()
    expect((await pay(api, 'k')).headers['idempotency-replayed']).toBeUndefined()
    expect((await pay(api, 'k')).headers['idempotency-replayed']).toBe('true')
  })

  test('a second request while the first runs is told to come back', async () => {
    const api = createSmallApi()
    let finish = (_: unknown) => {}
    api.deps.slow = new Promise((resolve) => (finish = resolve))
    const first = pay(api, 'k', 3).then((answer) => answer)
    await expect.poll(() => api.deps.calls.length).toBe(1)
    const second = await pay(api, 'k', 3)
    finish(null)
    expect(second.status).toBe(409)
    expect(second.body.code).toBe('idempotency.in_progress')
    expect(second.headers['retry-after']).toBe('1')
    expect((await first).status).toBe(201)
    expect((await pay(api, 'k', 3)).status).toBe(201)
  })

  test('that is longer than 200 characters is refused by name', async () => {
    const { status, body } = await pay(createSmallApi(), 'x'.repeat(201))
    expect(status).toBe(400)
    expect(body.errors).toHaveProperty('Idempotency-Key')
  })

  test.each(['', 'x'.repeat(201), 'na\u00efve', 'tab\there'])('%j is not one', (header) => {
    expect(() => readIdempotencyKey(header)).toThrow('validation.failed')
  })

  test.each(['x', 'x'.repeat(200), 'order 42/~!'])('%j is one', (header) => {
    expect(readIdempotencyKey(header)).toBe(header)
  })
})
