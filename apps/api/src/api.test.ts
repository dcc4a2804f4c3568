import { eachDatabase } from '@ev/db/testing'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { apiConfig, apiOptions } from './env.ts'
import { mayEnter } from './http/index.ts'
import { createApi, routes, startApi } from './index.ts'
import { anApi, type Caller, type TestApi } from './testing/an-api.ts'

eachDatabase((name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })

  describe('access', () => {
    const address = (path: string) => `/api${path.replaceAll(/\{\w+\}/g, '1')}`

    test('every route but the public ones asks for a log-in', async () => {
      for (const { method, path, access } of routes) {
        if (access === 'public') continue
        const answer = await api.http[method](address(path))
        expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'auth.unauthenticated'])
        expect(answer.headers['www-authenticate']).toContain('Bearer')
      }
    })

    test('every route for staff or admins refuses those below', async () => {
      const callers: [Caller, 'user' | 'staff'][] = [
        [await api.aMember(), 'user'],
        [await api.aColleague('staff'), 'staff'],
      ]
      let refused = 0
      for (const [caller, role] of callers) {
        for (const { method, path, access } of routes) {
          if (access === 'public' || mayEnter(access, role)) continue
          const answer = await api.http[method](address(path)).set('Authorization', caller.authorization).send({})
          expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'auth.forbidden'])
          refused += 1
        }
      }
      expect(refused).toBeGreaterThanOrEqual(3)
    })
  })

  describe('beside the API', () => {
    test('the front page leads to the documentation, which describes every route', async () => {
      await api.http.get('/').expect(302).expect('Location', '/docs')
      await api.http.get('/docs').expect(200)
      const { body } = await api.http.get('/api/openapi.json').expect(200)
      for (const { method, path } of routes) expect(body.paths[path][method].summary).toEqual(expect.any(String))
      const money = routes.filter(({ idempotent }) => idempotent === 'money').map(({ path }) => path)
      expect(money).toEqual([
        '/booking/bookings/',
        '/booking/bookings/{id}/make_payment/',
        '/booking/bookings/{id}/payment-order/',
        '/booking/payments/verify/',
        '/booking/bookings/{id}/cancel/',
        '/booking/payments/{id}/confirm/',
        '/booking/payments/{id}/fail/',
        '/booking/payments/{id}/refund/',
        '/wallet/deposit/',
        '/wallet/adjust/',
        '/payout/',
        '/payout/batches/',
        '/payout/batches/{id}/results/',
        '/payout/{id}/process/',
        '/payout/{id}/reject/',
        '/payout/{id}/cancel/',
        '/admin/plans/',
      ])
    })

    test('health tells what it depends on', async () => {
      await api.http.get('/health/live').expect(200)
      const { body } = await api.http.get('/health/ready').expect(200)
      expect(body.checks.database.status).toBe('ok')
    })

    test('the mailbox shows whose mail was asked for, newest first, as data and as a page', async () => {
      const email = api.nextEmail()
      await api.http.post('/api/auth/send-otp/').send({ identifier: email, otp_type: 'email' }).expect(200)
      await api.http.post('/api/auth/send-otp/').send({ identifier: '9876543211', otp_type: 'mobile' }).expect(200)
      const { body } = await api.http.get(`/dev/mailbox.json?to=${email.toUpperCase()}`).expect(200)
      expect(body).toEqual([
        {
          id: expect.any(String),
          channel: 'email',
          to: email,
          subject: 'Your log-in code',
          text: expect.stringMatching(/^\d{6} /),
          sent_at: expect.any(String),
        },
      ])
      for (const to of ['+919876543211', '%2B919876543211', '9876543211']) {
        expect((await api.http.get(`/dev/mailbox.json?to=${to}`).expect(200)).body).toMatchObject([{ channel: 'sms' }])
      }
      expect((await api.http.get('/dev/mailbox.json').expect(200)).body[0].channel).toBe('sms')
      await api.deps.mailer.send({ channel: 'email', to: email, subject: '<script>', text: '<img onerror=x>' })
      const page = await api.http.get('/dev/mailbox').expect(200)
      expect(page.text).toContain('&lt;script&gt;')
      expect(page.text).not.toContain('<script')
      expect(page.text).not.toContain('<img')
    })

    test('a mail can be looked at as its reader sees it, in a frame that may do nothing', async () => {
      const email = api.nextEmail()
      const html = '<p>"Hello"</p><script>alert(1)</script>'
      await api.deps.mailer.send({ channel: 'email', to: email, subject: '<b>Hi', text: 'Hello', html })
      const [{ id }] = (await api.http.get(`/dev/mailbox.json?to=${email}`).expect(200)).body
      const list = await api.http.get('/dev/mailbox').expect(200)
      expect(list.text).toContain(`href="/dev/mailbox/${id}"`)
      const { text, headers } = await api.http.get(`/dev/mailbox/${id}`).expect(200)
      expect(text).toContain('<iframe sandbox srcdoc="&lt;p&gt;&quot;Hello&quot;&lt;/p&gt;&lt;script&gt;')
      expect(text).not.toContain('<b>')
      expect(headers['content-security-policy']).toContain("script-src 'self'")
      await api.http.get('/dev/mailbox/nothing').expect(404)
    })

    test('in production there is no mailbox', async () => {
      const production = await anApi(api.deps.db, { isProduction: true })
      await production.http.get('/dev/mailbox').expect(404)
      await production.http.get('/dev/mailbox.json').expect(404)
    })
  })

  test('limits are per zone and follow the configuration', async () => {
    const limited = await anApi(api.deps.db, { rateLimits: { isEnabled: true, factor: 1 } })
    for (let n = 0; n < 10; n += 1) await limited.http.get('/api/booking/bookings/').expect(401)
    const { headers } = await limited.http.get('/api/booking/payments/').expect(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    await limited.http.get('/api/inventory/vehicles/').expect(200)
  })

  test('without the broker it is ready but degraded, without the database it is not ready', async () => {
    const { deps, mailbox, transport } = api
    const secrets = { jwtKeys: [{ id: 'k', secret: 'a test signing key' }], hashKey: '', encryptionKeys: [] }
    const options = { ...apiOptions(apiConfig.parse({ NODE_ENV: 'test' })), measuresProcess: false }
    const away = async () => {
      throw new Error('away')
    }
    const readyWithout = (missing: string) => {
      const checks = [
        { name: 'database', isEssential: true, check: missing === 'database' ? away : async () => {} },
        { name: 'broker', isEssential: false, check: missing === 'broker' ? away : async () => {} },
      ]
      return request(createApi({ deps, mailbox, secrets, checks, transport }, options).app).get('/health/ready')
    }
    const degraded = await readyWithout('broker').expect(200)
    expect(degraded.body).toMatchObject({ status: 'degraded', checks: { broker: { status: 'failed' } } })
    const failed = await readyWithout('database').expect(503)
    expect(failed.body).toMatchObject({ status: 'failed', checks: { database: { status: 'failed' } } })
  })

  if (name === 'sqlite') {
    test('listens where it is told to, answers, and closes', async () => {
      const { deps, mailbox, transport } = api
      const secrets = { jwtKeys: [{ id: 'k', secret: 'a test signing key' }], hashKey: '', encryptionKeys: [] }
      const options = { ...apiOptions(apiConfig.parse({ NODE_ENV: 'test' })), measuresProcess: false }
      const platform = { deps, mailbox, secrets, checks: [], transport }
      const running = await startApi(platform, { ...options, host: '127.0.0.1', port: 0 })
      const answer = await fetch(`http://127.0.0.1:${running.port}/health/live`)
      expect(await answer.json()).toEqual({ status: 'ok' })
      await expect(startApi(platform, { ...options, host: '127.0.0.1', port: running.port })).rejects.toThrow(
        'EADDRINUSE',
      )
      await running.close()
      await expect(fetch(`http://127.0.0.1:${running.port}/health/live`)).rejects.toThrow()
      expect(createApi(platform, options).app).toBeTypeOf('function')
    })
  }
})

test('limits are twenty-fold in development only, unless they are set', () => {
  const options = (env: Record<string, string>) => apiOptions(apiConfig.parse(env))
  expect(options({ NODE_ENV: 'development' }).rateLimits).toEqual({ isEnabled: true, factor: 20 })
  expect(options({ NODE_ENV: 'test' }).rateLimits.factor).toBe(1)
  expect(options({ NODE_ENV: 'development', RATE_LIMIT_FACTOR: '3' }).rateLimits.factor).toBe(3)
  expect(options({ RATE_LIMIT_ENABLED: 'false' }).rateLimits.isEnabled).toBe(false)
  expect(options({ NODE_ENV: 'production' })).toMatchObject({ isProduction: true, undeclaredRefusals: 'warning' })
})
