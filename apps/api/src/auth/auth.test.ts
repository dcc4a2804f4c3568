import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const send = (identifier: string, otp_type = 'email') =>
    api.http.post('/api/auth/send-otp/').send({ identifier, otp_type })
  const verify = (identifier: string, otp_code: string, more: object = {}) =>
    api.http.post('/api/auth/verify-otp/').send({ identifier, otp_type: 'email', otp_code, ...more })
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

  describe('a log-in code', () => {
    test('logs in, creates the member once, and works once', async () => {
      const email = api.nextEmail()
      const sent = await send(email).expect(200)
      expect(sent.body).toEqual({ message: 'A code was sent.', expires_in: 600, resend_in: 30 })
      const code = api.codeFor(email)
      const { body } = await verify(`  ${email.toUpperCase()} `, code).expect(200)
      expect(body).toMatchObject({ created: true, user: { email, role: 'user', is_active_buyer: false } })
      expect(body.tokens).toEqual({ access: body.access_token, refresh: body.refresh_token })
      expect((await verify(email, code).expect(400)).body).toMatchObject({ code: 'auth.otp_invalid' })
      api.clock.advance(31_000)
      await send(email).expect(200)
      expect((await verify(email, api.codeFor(email)).expect(200)).body).toMatchObject({
        created: false,
        user: { id: body.user.id },
      })
    })

    test('goes to a mobile number in any of its spellings', async () => {
      await send('98765 43210', 'mobile').expect(200)
      const otp_code = api.codeFor('+919876543210')
      const { body } = await api.http
        .post('/api/auth/verify-otp')
        .send({ identifier: '+919876543210', otp_type: 'mobile', otp_code })
        .expect(200)
      expect(body.user).toMatchObject({ mobile: '+919876543210', email: null })
    })

    test.each(['ádmin@example.com', 'ａdmin@example.com', 'ad\u200Bmin@example.com', '\u212Aumar@example.com'])(
      'is not sent to %j, which only looks like an address of someone else',
      async (lookAlike) => {
        const { body } = await send(lookAlike).expect(400)
        expect(body.errors).toHaveProperty('identifier')
      },
    )

    test('gets the same answer for a member and for nobody', async () => {
      const member = await api.aMember()
      api.clock.advance(31_000)
      const known = await send(member.email).expect(200)
      const unknown = await send(api.nextEmail()).expect(200)
      expect(known.body).toEqual(unknown.body)
    })

    test('is locked after five wrong tries, also for the right code, until a new one is sent', async () => {
      const email = api.nextEmail()
      await send(email).expect(200)
      const code = api.codeFor(email)
      for (const _ of times(5, () => 0)) await verify(email, wrong(code)).expect(400)
      expect((await verify(email, code).expect(400)).body.code).toBe('auth.otp_locked')
      api.clock.advance(31_000)
      await send(email).expect(200)
      await verify(email, api.codeFor(email)).expect(200)
    })

    test('is evaluated at most five times, however many guess at once', async () => {
      const email = api.nextEmail()
      await send(email).expect(200)
      const code = api.codeFor(email)
      const answers = await Promise.all(times(20, () => verify(email, wrong(code))))
      expect(answers.filter(({ body }) => body.code === 'auth.otp_invalid')).toHaveLength(5)
      expect(answers.filter(({ body }) => body.code === 'auth.otp_locked')).toHaveLength(15)
    })

    test('is worth nothing once replaced, expired, or for someone else', async () => {
      const email = api.nextEmail()
      await send(email).expect(200)
      const first = api.codeFor(email)
      expect((await send(email).expect(429)).headers['retry-after']).toBe('30')
      api.clock.advance(31_000)
      await send(email).expect(200)
      const second = api.codeFor(email)
      if (first !== second) await verify(email, first).expect(400)
      await verify(api.nextEmail(), second).expect(400)
      api.clock.advance(600_001)
      expect((await verify(email, second).expect(400)).body.code).toBe('auth.otp_invalid')
    })

    test('with an unknown referral code creates nobody, and can be used with the right one', async () => {
      const referrer = await api.aMember()
      const email = api.nextEmail()
      await send(email).expect(200)
      const code = api.codeFor(email)
      const refused = await verify(email, code, { referral_code: 'REFNOBODY' }).expect(400)
      expect(refused.body).toMatchObject({
        code: 'user.referral_code_unknown',
        errors: { referral_code: [expect.any(String)] },
      })
      expect(await api.deps.db.read.user.count({ where: { email } })).toBe(0)
      const { body } = await verify(email, code, { referral_code: referrer.referralCode.toLowerCase() }).expect(200)
      const profile = await api.http.get('/api/users/profile/').set('Authorization', `Bearer ${body.access_token}`)
      expect(profile.body.referred_by).toBe(referrer.id)
    })

    test.each([
      [{ otp_type: 'email' }, 'identifier'],
      [{ identifier: 'a@example.com' }, 'otp_type'],
      [{ identifier: 'not an address', otp_type: 'email' }, 'identifier'],
      [{ identifier: '12345', otp_type: 'mobile' }, 'identifier'],
      [{ identifier: ['a@example.com'], otp_type: 'email' }, 'identifier'],
      [{ identifier: { $ne: '' }, otp_type: 'email' }, 'identifier'],
    ])('is refused for %j', async (body, field) => {
      const answer = await api.http.post('/api/auth/send-otp/').send(body).expect(400)
      expect(Object.keys(answer.body.errors)).toEqual([field])
    })

    test('stands in no log line', async () => {
      const email = api.nextEmail()
      await send(email).expect(200)
      const code = api.codeFor(email)
      const { body } = await verify(email, code).expect(200)
      const log = api.lines.join('')
      for (const secret of [code, body.access_token, body.refresh_token]) expect(log).not.toContain(secret)
    })

    test('is limited per person, whatever the address', async () => {
      const limited = await anApi(api.deps.db, {
        rateLimits: { isEnabled: true, factor: 1 },
        trustedProxies: ['loopback'],
      })
      const from = (n: number) =>
        limited.http
          .post('/api/auth/send-otp/')
          .set('X-Forwarded-For', `203.0.113.${n}`)
          .send({ identifier: 'flooded@example.com', otp_type: 'email' })
      const codes: string[] = []
      for (const n of times(6, (index) => index)) codes.push((await from(n)).body.code ?? 'sent')
      expect(codes).toEqual(['sent', ...times(4, () => 'auth.otp_resend_too_soon'), 'rate.limited'])
    })
  })

  describe('tokens', () => {
    const refresh = (token: string) => api.http.post('/api/auth/refresh/').send({ refresh: token })

    test('are rotated; using a dead refresh token again ends the session', async () => {
      const member = await api.aMember()
      const { body } = await refresh(member.refresh).expect(200)
      expect(body).toMatchObject({ access_token: body.access, refresh_token: body.refresh })
      const access = `Bearer ${body.access}`
      await api.http.get('/api/users/profile/').set('Authorization', access).expect(200)
      api.clock.advance(60_000)
      expect((await refresh(member.refresh).expect(401)).body.code).toBe('auth.session_revoked')
      await refresh(body.refresh).expect(401)
      await api.http.get('/api/users/profile/').set('Authorization', access).expect(401)
    })

    test('have one successor when twenty ask at once', async () => {
      const member = await api.aMember()
      const answers = await Promise.all(times(20, () => refresh(member.refresh)))
      expect(answers.map(({ status }) => status)).toEqual(times(20, () => 200))
      const ids = answers.map(({ body }) => JSON.parse(atob(body.refresh.split('.')[1])).jti)
      expect(new Set(ids).size).toBe(1)
    })

    test('stop at log-out, which needs no access token and may be repeated', async () => {
      const member = await api.aMember()
      const logOut = () => api.http.post('/api/auth/logout/').send({ refresh: member.refresh })
      await logOut().expect(200)
      expect((await api.get('/api/users/profile/', member).expect(401)).headers['www-authenticate']).toContain('Bearer')
      await refresh(member.refresh).expect(401)
      await logOut().expect(200)
    })

    test('of one kind do not pass for the other', async () => {
      const member = await api.aMember()
      const access = member.authorization.replace('Bearer ', '')
      await refresh(access).expect(401)
      await api.http.post('/api/auth/logout/').send({ refresh: access }).expect(401)
      await api.http.get('/api/users/profile/').set('Authorization', `Bearer ${member.refresh}`).expect(401)
    })

    test('stop when the account is deactivated', async () => {
      const member = await api.aMember()
      await api.deps.db.transaction((tx) => tx.user.update({ where: { id: member.id }, data: { isActive: false } }))
      expect((await api.get('/api/users/profile/', member).expect(401)).body.code).toBe('auth.account_inactive')
      await refresh(member.refresh).expect(401)
    })
  })
})
