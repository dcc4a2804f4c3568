import { DomainError, domainErrorCodes } from '@ev/domain'
import { CacheUnavailable, createMemoryCache, manualClock } from '@ev/runtime'
import { describe, expect, test } from 'vitest'
import { problemFor } from './problems.ts'
import { createSmallApi } from './testing/small-api.ts'

const request = { instance: '/api/x/', requestId: 'r1' }

describe('a problem', () => {
  test('fills the facts into its text and names the field', async () => {
    const api = createSmallApi()
    const answer = await api.http
      .post('/api/things/1/pay/?secret=1')
      .set('Authorization', api.login())
      .set('X-Request-Id', 'my-request:1')
      .send({ amount: '1000.01' })
      .expect(400)
    expect(answer.type).toBe('application/problem+json')
    expect(answer.body).toEqual({
      type: 'urn:problem:payment.exceeds_remaining',
      title: 'The amount is more than what remains to be paid.',
      status: 400,
      detail: 'At most ₹1000.00 remains to be paid.',
      code: 'payment.exceeds_remaining',
      instance: '/api/things/1/pay/',
      request_id: 'my-request:1',
      errors: { amount: ['At most ₹1000.00 remains to be paid.'] },
    })
  })

  test.each(domainErrorCodes)('%s has a status, and a text without unfilled facts', (code) => {
    const { body } = problemFor(new DomainError(code), request)
    expect(body.status).toBeGreaterThanOrEqual(400)
    expect(body.status).toBeLessThan(600)
    expect(body.title + body.detail).not.toMatch(/[{}]|undefined/)
  })

  test('a refusal that knows when to come back says so', () => {
    expect(problemFor(new DomainError('rate.limited', { retryAfterSeconds: 12.2 }), request).headers).toEqual({
      'Retry-After': '13',
    })
  })

  test('a cache that is away is a 503', () => {
    const { body, headers } = problemFor(new CacheUnavailable(new Error('connect ECONNREFUSED')), request)
    expect(body).toMatchObject({ status: 503, code: 'service.unavailable' })
    expect(headers).toHaveProperty('Retry-After')
    expect(JSON.stringify(body)).not.toContain('ECONNREFUSED')
  })
})

describe('a fault', () => {
  test('answers a fixed text with the request id; the log has the rest', async () => {
    const { http, lines } = createSmallApi()
    const answer = await http.get('/api/things/500/').set('X-Request-Id', 'r-500').expect(500)
    expect(answer.body).toEqual({
      type: 'urn:problem:internal.fault',
      title: 'Something went wrong on our side.',
      status: 500,
      detail: 'Please try again. If it keeps happening, tell us the request_id.',
      code: 'internal.fault',
      instance: '/api/things/500/',
      request_id: 'r-500',
    })
    const fault = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error')
    expect(fault).toMatchObject({ request_id: 'r-500', err: { message: 'the password of the database is hunter2' } })
  })

  test('an undeclared refusal is one in tests, and a warning elsewhere', async () => {
    await createSmallApi().http.get('/api/things/502/').expect(500)
    const { http, lines } = createSmallApi({ undeclaredRefusals: 'warning' })
    await http.get('/api/things/502/').expect(404)
    expect(lines.join('')).toContain('does not declare the refusal pair.not_found')
  })
})

describe('a request', () => {
  test('leaves one line with id, route, user, status and duration', async () => {
    const { http, lines, login } = createSmallApi()
    await http
      .post('/api/things/1/pay/?x=1')
      .set('Authorization', login())
      .set('X-Request-Id', 'r1')
      .send({ amount: 5 })
    const [line] = lines.map((text) => JSON.parse(text)).filter(({ msg }) => msg === 'request')
    expect(line).toMatchObject({
      request_id: 'r1',
      route: '/things/{id}/pay/',
      user_id: 42,
      status: 201,
      method: 'POST',
    })
    expect(line.duration_ms).toBeGreaterThan(0)
  })

  test.each(['with space', 'a'.repeat(129), 'line%0Abreak', '<script>'])(
    'gets an id of ours instead of %j',
    async (id) => {
      const answer = await createSmallApi().http.get('/api/things/7/').set('X-Request-Id', id)
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  test('has security headers and no hint of the software', async () => {
    const { headers } = await createSmallApi().http.get('/api/things/7/')
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('health', () => {
  test('live and ready answer, each check with its state', async () => {
    const { http } = createSmallApi()
    expect((await http.get('/health/live').expect(200)).body).toEqual({ status: 'ok' })
    expect((await http.get('/health/ready').expect(200)).body).toMatchObject({
      status: 'ok',
      checks: { cache: { status: 'ok' } },
    })
  })

  test('ready is a 503 that says what is missing, and not why', async () => {
    const cache = createMemoryCache({ clock: manualClock(new Date('2026-04-01T00:00:00Z')) })
    const { http } = createSmallApi({ cache: { ...cache, check: () => Promise.reject(new Error('secret host')) } })
    const { body, text } = await http.get('/health/ready').expect(503)
    expect(body).toMatchObject({ status: 'failed', checks: { cache: { status: 'failed' } } })
    expect(text).not.toContain('secret host')
  })

  test('metrics count by route template, and only this machine may read them', async () => {
    const { http } = createSmallApi()
    await http.get('/api/things/7/')
    await http.get('/api/things/8/')
    const { text } = await http.get('/metrics').expect(200)
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/things/{id}/",status="200"} 2')
    await http.get('/metrics').set('X-Forwarded-For', '203.0.113.9').expect(404)
  })
})
