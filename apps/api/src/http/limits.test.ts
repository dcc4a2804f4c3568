import { type Cache, CacheUnavailable, createMemoryCache, manualClock } from '@ev/runtime'
import { describe, expect, test } from 'vitest'
import { limitPerIdentifier } from './rate-limit.ts'
import { createSmallApi } from './testing/small-api.ts'

const on = (factor: number) => ({ rateLimits: { isEnabled: true, factor } })

function brokenCache(): Cache {
  const away = () => Promise.reject(new CacheUnavailable(new Error('away')))
  return { ...createMemoryCache({ clock: manualClock(new Date(0)) }), increment: away, setIfAbsent: away, check: away }
}

describe('the limit per address', () => {
  test('lets five code requests through in a minute, says what is left, and opens again', async () => {
    const { http, clock } = createSmallApi(on(1))
    for (let n = 1; n <= 5; n += 1) {
      const { headers } = await http.post('/api/otp/').expect(204)
      expect(headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': String(5 - n) })
      expect(headers).toHaveProperty('ratelimit-reset')
    }
    const refused = await http.post('/api/otp/').expect(429)
    expect(refused.body.code).toBe('rate.limited')
    expect(refused.headers['retry-after']).toBe('60')
    clock.advance(60_000)
    await http.post('/api/otp/').expect(204)
  })

  test('counts zones apart: ten for bookings, a hundred for the rest', async () => {
    const { http } = createSmallApi(on(1))
    for (let n = 1; n <= 10; n += 1) await http.post('/api/things/1/pay/').expect(401)
    await http.post('/api/things/1/pay/').expect(429)
    expect((await http.get('/api/things/7/').expect(200)).headers['ratelimit-limit']).toBe('100')
  })

  test('is not escaped by a forged X-Forwarded-For, but believes a trusted proxy', async () => {
    const forged = createSmallApi(on(1))
    for (let n = 1; n <= 5; n += 1) await forged.http.post('/api/otp/').set('X-Forwarded-For', `203.0.113.${n}`)
    await forged.http.post('/api/otp/').set('X-Forwarded-For', '203.0.113.99').expect(429)
    const proxied = createSmallApi({ ...on(1), trustedProxies: ['127.0.0.0/8', '::1'] })
    for (let n = 1; n <= 6; n += 1) {
      await proxied.http.post('/api/otp/').set('X-Forwarded-For', `203.0.113.${n}`).expect(204)
    }
  })

  test('is multiplied by the factor and can be switched off', async () => {
    const { http } = createSmallApi(on(20))
    expect((await http.post('/api/otp/').expect(204)).headers['ratelimit-limit']).toBe('100')
    const off = createSmallApi()
    expect((await off.http.post('/api/otp/').expect(204)).headers).not.toHaveProperty('ratelimit-limit')
  })

  test('with the cache away refuses codes, and lets the rest go on', async () => {
    const api = createSmallApi({ ...on(1), cache: brokenCache() })
    expect((await api.http.post('/api/otp/').expect(503)).body.code).toBe('service.unavailable')
    await api.http.get('/api/things/7/').expect(200)
    const pay = api.http.post('/api/things/1/pay/').set('Authorization', api.login()).set('Idempotency-Key', 'k')
    await pay.send({ amount: 5 }).expect(201)
  })
})

test('the limit per identifier counts each identifier for itself', async () => {
  const clock = manualClock(new Date('2026-04-01T00:00:45Z'))
  const cache = createMemoryCache({ clock })
  const use = (identifier: string) =>
    limitPerIdentifier({ cache, clock }, { purpose: 'otp', identifier, limit: 2, windowMs: 60_000 })
  await use('a')
  await use('a')
  await use('b')
  await expect(use('a')).rejects.toMatchObject({ code: 'rate.limited', facts: { retryAfterSeconds: 15 } })
  clock.advance(15_000)
  await expect(use('a')).resolves.toBeUndefined()
})
