import { generateKeyPairSync } from 'node:crypto'
import { systemIds } from '@ev/runtime'
import jwt from 'jsonwebtoken'
import { describe, expect, test } from 'vitest'
import { createSmallApi } from './testing/small-api.ts'
import { createTokens } from './tokens.ts'

/** A valid set of claims at the test's time; each attack changes one thing. */
function forging() {
  const api = createSmallApi()
  api.login()
  const now = Math.floor(api.clock.now().getTime() / 1_000)
  const claims = {
    sub: '42',
    role: 'user',
    sid: '42',
    jti: 'j',
    token_type: 'access',
    iat: now,
    exp: now + 60,
    iss: 'ev-platform',
    aud: 'ev-platform-api',
  }
  const secret = api.keys[0]?.secret ?? ''
  const sign = (payload: object, options: jwt.SignOptions = {}, key: jwt.Secret = secret) =>
    jwt.sign(payload, key, { algorithm: 'HS256', keyid: 'k2', ...options })
  const pay = (authorization: string) =>
    api.http.post('/api/things/1/pay/').set('Authorization', authorization).send({ amount: 5 })
  return { api, now, claims, secret, sign, pay }
}

const without = (claims: object, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))

describe('an access token', () => {
  test('lets its bearer in', async () => {
    const { claims, sign, pay } = forging()
    expect((await pay(`Bearer ${sign(claims)}`)).status).toBe(201)
  })

  const attacks: Record<string, (forge: ReturnType<typeof forging>) => string> = {
    'alg none': ({ claims }) => jwt.sign(claims, '', { algorithm: 'none', keyid: 'k2' }),
    'alg none, unsigned by hand': ({ claims }) =>
      `${[{ alg: 'none', kid: 'k2' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
    HS512: ({ claims, sign }) => sign(claims, { algorithm: 'HS512' }),
    'an RSA signature': ({ claims, sign }) =>
      sign(claims, { algorithm: 'RS256' }, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    'a public key as HMAC secret': ({ claims, sign }) =>
      sign(
        claims,
        {},
        generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }),
      ),
    'an unknown kid': ({ claims, sign }) => sign(claims, { keyid: 'k9' }),
    'a kid that is a path': ({ claims, sign }) => sign(claims, { keyid: '../../dev/null' }),
    'no kid': ({ claims, secret }) => jwt.sign(claims, secret, { algorithm: 'HS256' }),
    'another secret': ({ claims, sign }) => sign(claims, {}, 'another secret of sufficient length!'),
    expired: ({ claims, now, sign }) => sign({ ...claims, exp: now }),
    'a future nbf': ({ claims, now, sign }) => sign({ ...claims, nbf: now + 30 }),
    'no exp': ({ claims, sign }) => sign(without(claims, 'exp')),
    'no sid': ({ claims, sign }) => sign(without(claims, 'sid')),
    'no jti': ({ claims, sign }) => sign(without(claims, 'jti')),
    'another issuer': ({ claims, sign }) => sign({ ...claims, iss: 'elsewhere' }),
    'no issuer': ({ claims, sign }) => sign(without(claims, 'iss')),
    'another audience': ({ claims, sign }) => sign({ ...claims, aud: 'elsewhere' }),
    'a list of audiences': ({ claims, sign }) => sign({ ...claims, aud: ['ev-platform-api', 'elsewhere'] }),
    'a refresh token': ({ claims, sign }) => sign({ ...claims, token_type: 'refresh' }),
    'no token type': ({ claims, sign }) => sign(without(claims, 'token_type')),
    'an unknown role': ({ claims, sign }) => sign({ ...claims, role: 'superuser' }),
    'a role that the account does not have': ({ claims, sign }) => sign({ ...claims, role: 'admin' }),
    "someone else's session": ({ claims, sign }) => sign({ ...claims, sub: '43' }),
    'an unknown session': ({ claims, sign }) => sign({ ...claims, sid: '999' }),
    'a changed payload': ({ claims, sign }) => {
      const [header, , signature] = sign(claims).split('.')
      return [header, Buffer.from(JSON.stringify({ ...claims, sub: '1' })).toString('base64url'), signature].join('.')
    },
    'no token at all': () => 'garbage',
    'a huge token': () => 'a.'.repeat(3_000),
  }

  test.each(Object.keys(attacks))('with %s is a 401', async (name) => {
    const forge = forging()
    const answer = await forge.pay(`Bearer ${attacks[name]?.(forge)}`)
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="api", error="invalid_token"')
    expect(forge.api.deps.calls).toEqual([])
    expect(forge.api.events).toMatchObject([{ kind: 'authentication_failed', route: '/things/{id}/pay/' }])
  })

  test('an access token is not a refresh token', () => {
    const { api } = forging()
    const { token } = api.tokens.sign({ tokenType: 'access', userId: 42, role: 'user', sessionId: 42 })
    expect(() => api.tokens.verify(token, { tokenType: 'refresh' })).toThrow('auth.token_invalid')
  })

  test('expires after 60 minutes, a refresh token after 24 hours', () => {
    const { api } = forging()
    const of = (tokenType: 'access' | 'refresh') =>
      api.tokens.sign({ tokenType, userId: 42, role: 'user', sessionId: 42 }).token
    const [access, refresh] = [of('access'), of('refresh')]
    api.clock.advance(60 * 60_000 - 1_000)
    expect(api.tokens.verify(access, { tokenType: 'access' }).userId).toBe(42)
    api.clock.advance(1_000)
    expect(() => api.tokens.verify(access, { tokenType: 'access' })).toThrow('auth.token_expired')
    api.clock.advance(23 * 60 * 60_000 - 1_000)
    expect(api.tokens.verify(refresh, { tokenType: 'refresh' }).sessionId).toBe(42)
    api.clock.advance(1_000)
    expect(() => api.tokens.verify(refresh, { tokenType: 'refresh' })).toThrow('auth.token_expired')
  })

  test('stays valid while its key is still listed after a rotation', () => {
    const { api } = forging()
    const { token } = api.tokens.sign({ tokenType: 'access', userId: 42, role: 'user', sessionId: 42 })
    const next = { id: 'k3', secret: 'the next secret of this little test api' }
    const rotated = createTokens({ keys: [next, ...api.keys], clock: api.clock, ids: systemIds })
    expect(rotated.verify(token, { tokenType: 'access' }).userId).toBe(42)
    const withoutOld = createTokens({ keys: [next], clock: api.clock, ids: systemIds })
    expect(() => withoutOld.verify(token, { tokenType: 'access' })).toThrow('auth.token_invalid')
  })
})

describe('a caller', () => {
  test.each([undefined, 'Basic YTpi', 'Bearer', 'Bearer ', 'token x'])(
    'with the header %j is a 401',
    async (header) => {
      const { http } = createSmallApi()
      const asking = http.post('/api/things/1/pay/').send({ amount: 5 })
      const answer = await (header === undefined ? asking : asking.set('Authorization', header))
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="api"/)
    },
  )

  test('whose session ended, whose account was deactivated or whose role changed is refused at once', async () => {
    const api = createSmallApi()
    const authorization = api.login('staff')
    const ask = () => api.http.get('/api/staff/report.csv').set('Authorization', authorization)
    await ask().expect(200)
    api.sessions.set(42, { userId: 42, role: 'staff', isSuperuser: false, isActive: false })
    expect((await ask().expect(401)).body.code).toBe('auth.account_inactive')
    api.sessions.set(42, { userId: 42, role: 'admin', isSuperuser: true, isActive: true })
    expect((await ask().expect(401)).body.code).toBe('auth.session_revoked')
    api.sessions.delete(42)
    expect((await ask().expect(401)).body.code).toBe('auth.session_revoked')
  })

  test.each([
    ['user', 403, 403],
    ['staff', 200, 403],
    ['admin', 200, 204],
  ] as const)('who is %s gets %i from a staff route and %i from an admin route', async (role, staff, admin) => {
    const api = createSmallApi()
    const authorization = api.login(role)
    await api.http.get('/api/staff/report.csv').set('Authorization', authorization).expect(staff)
    await api.http.delete('/api/admin/things/1/').set('Authorization', authorization).expect(admin)
    const refused = [staff, admin].filter((status) => status === 403).length
    expect(api.events.filter(({ kind }) => kind === 'authorisation_failed')).toHaveLength(refused)
  })

  test('who shows a wrong code is told of; one who merely asks too often, or for something that is not there, is not', async () => {
    const api = createSmallApi()
    const ask = (agent: string) => api.http.post('/api/otp/').set('User-Agent', agent)
    await ask('wrong code').expect(400)
    await ask('impatient').expect(429)
    await api.http.get('/api/things/404/').expect(404)
    expect(api.events).toEqual([
      expect.objectContaining({
        kind: 'authentication_failed',
        code: 'auth.otp_invalid',
        method: 'POST',
        route: '/otp/',
        userId: null,
      }),
    ])
  })

  test('is known before the body is read', async () => {
    const { http } = createSmallApi()
    await http.post('/api/things/1/pay/').set('Content-Type', 'application/json').send('{broken').expect(401)
  })
})
