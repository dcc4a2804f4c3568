import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import jwt from 'jsonwebtoken'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

const oldKey = { id: 'k1', secret: 'a test signing key of 32 bytes or so' }
const newKey = { id: 'k2', secret: 'the next signing key, also of 32 bytes' }
const kidOf = (token: string) => jwt.decode(token, { complete: true })?.header.kid
const accessOf = ({ authorization }: Caller) => authorization.replace('Bearer ', '')

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const profile = (authorization: string, by: TestApi = api) =>
    by.http.get('/api/users/profile/').set('Authorization', authorization)
  const refresh = (token: string, by: TestApi = api) => by.http.post('/api/auth/refresh/').send({ refresh: token })

  describe('attacks 9 and 10: forged and misused tokens', () => {
    test('of another algorithm, key, purpose, issuer, audience or time are refused', async () => {
      const member = await api.aMember()
      const claims = jwt.decode(accessOf(member)) as jwt.JwtPayload
      const sign = (change: object, options: jwt.SignOptions = {}, secret = oldKey.secret) =>
        jwt.sign({ ...claims, ...change }, secret, { algorithm: 'HS256', keyid: 'k1', ...options })
      await profile(`Bearer ${sign({})}`).expect(200)
      const { exp: _exp, ...endless } = claims
      const forged = [
        jwt.sign(claims, '', { algorithm: 'none', keyid: 'k1' }),
        sign({}, { algorithm: 'HS512' }),
        sign({}, { keyid: 'k9' }),
        sign({}, {}, newKey.secret),
        sign({ exp: claims.iat }),
        sign({ nbf: claims.iat! + 60 }),
        jwt.sign(endless, oldKey.secret, { algorithm: 'HS256', keyid: 'k1' }),
        sign({ iss: 'elsewhere' }),
        sign({ aud: 'elsewhere' }),
        sign({ token_type: 'refresh' }),
        sign({ role: 'admin' }),
        member.refresh,
      ]
      for (const token of forged) {
        const { headers } = await profile(`Bearer ${token}`).expect(401)
        expect(headers['www-authenticate']).toContain('Bearer')
      }
      await refresh(accessOf(member)).expect(401)
    })
  })

  describe('keys', () => {
    test('are rotated: the new one signs, tokens of the old one hold until it is taken away', async () => {
      const member = await api.aMember()
      expect(kidOf(accessOf(member))).toBe('k1')
      const rotated = await anApi(api.deps.db, {}, { jwtKeys: [newKey, oldKey] })
      await profile(member.authorization, rotated).expect(200)
      const { body } = await refresh(member.refresh, rotated).expect(200)
      expect([kidOf(body.access), kidOf(body.refresh)]).toEqual(['k2', 'k2'])
      await profile(`Bearer ${body.access}`, rotated).expect(200)
      await profile(`Bearer ${body.access}`).expect(401)
      const withoutOld = await anApi(api.deps.db, {}, { jwtKeys: [newKey] })
      expect((await profile(member.authorization, withoutOld).expect(401)).body.code).toBe('auth.token_invalid')
      await refresh(member.refresh, withoutOld).expect(401)
      await profile(`Bearer ${body.access}`, withoutOld).expect(200)
    })
  })

  describe('attack 11: replay of a rotated refresh token', () => {
    test('ends the whole family: its newest tokens and its access tokens as well', async () => {
      const member = await api.aMember()
      const second = (await refresh(member.refresh).expect(200)).body
      api.clock.advance(11_000)
      const third = (await refresh(second.refresh).expect(200)).body
      api.clock.advance(11_000)
      expect((await refresh(member.refresh).expect(401)).body.code).toBe('auth.session_revoked')
      for (const { refresh: dead } of [second, third]) await refresh(dead).expect(401)
      for (const { access } of [second, third]) await profile(`Bearer ${access}`).expect(401)
      const session = await api.deps.db.read.session.findFirstOrThrow({ where: { userId: member.id } })
      expect(session.revokedReason).toBe('refresh_token_reused')
    })

    test('does not touch the member’s other sessions', async () => {
      const first = await api.aMember()
      api.clock.advance(31_000)
      const other = await api.login(first.email)
      await refresh(first.refresh).expect(200)
      api.clock.advance(11_000)
      await refresh(first.refresh).expect(401)
      await profile(other.authorization).expect(200)
    })
  })

  test('attack 12: twenty refreshes at once have one successor, which is good', async () => {
    const member = await api.aMember()
    const answers = await Promise.all(times(20, () => refresh(member.refresh)))
    expect(answers.map(({ status }) => status)).toEqual(times(20, () => 200))
    const ids = new Set(answers.map(({ body }) => (jwt.decode(body.refresh) as jwt.JwtPayload).jti))
    const session = await api.deps.db.read.session.findFirstOrThrow({ where: { userId: member.id } })
    expect([...ids]).toEqual([session.tokenId])
    api.clock.advance(11_000)
    await refresh(answers[0]!.body.refresh).expect(200)
  })

  describe('attack 13: an access token that should not hold any more', () => {
    test.each(['log-out', 'ended session', 'deactivation', 'change of role'] as const)(
      'is refused at once after: %s',
      async (what) => {
        const admin = await api.aColleague('admin')
        const staff = await api.aColleague('staff')
        await profile(staff.authorization).expect(200)
        const { results } = (await api.get('/api/auth/sessions/', staff).expect(200)).body
        const ends = {
          'log-out': () => api.http.post('/api/auth/logout/').send({ refresh: staff.refresh }).expect(200),
          'ended session': () =>
            api.http
              .delete(`/api/auth/sessions/${results[0].id}/`)
              .set('Authorization', staff.authorization)
              .expect(204),
          deactivation: () => api.post(`/api/users/${staff.id}/deactivate/`, admin).expect(200),
          'change of role': () =>
            api.http
              .patch(`/api/users/${staff.id}/`)
              .set('Authorization', admin.authorization)
              .send({ role: 'user' })
              .expect(200),
        }
        await ends[what]()
        await profile(staff.authorization).expect(401)
        await api.get('/api/users/', staff).expect(401)
        await refresh(staff.refresh).expect(401)
      },
    )
  })
})
