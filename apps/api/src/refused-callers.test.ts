import { verifyAudit } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { routes } from './routes.ts'
import { anApi, type Caller, type TestApi } from './testing/an-api.ts'

/** Whoever is below what a route asks for, with what each of them is told. */
const strangers = {
  public: [],
  member: ['nobody'],
  staff: ['nobody', 'member'],
  admin: ['nobody', 'member', 'staff'],
} as const satisfies Record<string, readonly string[]>

const refusals = routes.flatMap((route) => strangers[route.access].map((who) => ({ route, who })))

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  const callers: Partial<Record<string, Caller>> = {}
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    callers['member'] = await api.aMember()
    callers['staff'] = await api.aColleague('staff')
  })
  const holds = async () => expect(await verifyAudit(api.deps, () => {})).toEqual([])

  test('on every route whoever may not enter is refused, and each refusal is one line of the audit log', async () => {
    const expected: unknown[] = []
    for (const { route, who } of refusals) {
      const caller = callers[who]
      const code = caller ? 'auth.forbidden' : 'auth.unauthenticated'
      const address = `/api${route.path.replaceAll(/\{\w+\}/g, '1')}`
      const asking = api.http[route.method](address)
      const { status, body } = await (caller ? asking.set('Authorization', caller.authorization) : asking)
      expect([route.method, route.path, who, status, body.code]).toEqual([
        route.method,
        route.path,
        who,
        caller ? 403 : 401,
        code,
      ])
      expected.push([
        caller ? 'auth.authorisation_failed' : 'auth.authentication_failed',
        caller?.id ?? null,
        `${route.method.toUpperCase()} ${route.path}`,
        { code },
      ])
    }
    expect(expected.length).toBeGreaterThan(100)
    const lines = await api.auditLines()
    expect(lines.map(({ action, actorId, subjectId, details }) => [action, actorId, subjectId, details])).toEqual(
      expected,
    )
    expect(lines.every(({ ipAddress, requestId }) => ipAddress !== null && requestId !== null)).toBe(true)
    await holds()
  }, 120_000)

  test('a log-in that fails is in it: a wrong code, a locked one, a token that is none, one that was used', async () => {
    const before = (await api.auditLines()).length
    const email = api.nextEmail()
    const who = { identifier: email, otp_type: 'email' }
    await api.http.post('/api/auth/send-otp/').send(who).expect(200)
    const right = api.codeFor(email)
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
    const verify = (code: string) => api.http.post('/api/auth/verify-otp/').send({ ...who, otp_code: code })
    for (let n = 0; n < 5; n += 1) await verify(wrong).expect(400)
    await verify(right).expect(400)
    const member = await api.aMember()
    const refresh = (token: string) => api.http.post('/api/auth/refresh/').send({ refresh: token })
    await refresh('not.a.token').expect(401)
    await refresh(member.refresh).expect(200)
    api.clock.advance(60_000)
    await refresh(member.refresh).expect(401)
    await api.get('/api/users/profile/', { ...member, authorization: 'Bearer x.y.z' }).expect(401)

    const lines = (await api.auditLines()).slice(before)
    const told = lines.map(({ action, subjectId, details }) => [action, subjectId, details])
    const failed = 'auth.authentication_failed'
    const otp = 'POST /auth/verify-otp/'
    expect(told.slice(0, 4)).toEqual(Array(4).fill([failed, otp, { code: 'auth.otp_invalid' }]))
    expect(told.filter(([, route]) => route === otp)).toHaveLength(6)
    expect(told.at(5)).toEqual([failed, otp, { code: 'auth.otp_locked' }])
    expect(told.slice(6)).toEqual([
      [failed, 'POST /auth/refresh/', { code: 'auth.token_invalid' }],
      [failed, 'POST /auth/refresh/', { code: 'auth.session_revoked' }],
      [failed, 'GET /users/profile/', { code: 'auth.token_invalid' }],
    ])
    const text = JSON.stringify(lines)
    for (const secret of [right, wrong, email, member.refresh, member.authorization, 'not.a.token', 'x.y.z']) {
      expect(text).not.toContain(secret)
    }
    await holds()
  })
})
