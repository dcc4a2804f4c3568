import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const ask = (by: Caller, identifier: string, otp_type = 'email') =>
    api.post('/api/users/change-identifier/', by, { identifier, otp_type })
  const change = (by: Caller, identifier: string, otp_code: string, otp_type = 'email') =>
    api.post('/api/users/change-identifier/verify/', by, { identifier, otp_type, otp_code })
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

  test('a new address counts when its code comes back; the old one is told, other sessions end', async () => {
    const elsewhere = await api.aMember()
    api.clock.advance(31_000)
    const member = await api.login(elsewhere.email)
    const email = api.nextEmail()
    expect((await ask(member, email.toUpperCase()).expect(200)).body).toEqual({
      message: 'A code was sent.',
      expires_in: 600,
      resend_in: 30,
    })
    const { body } = await change(member, email, api.codeFor(email)).expect(200)
    expect(body).toMatchObject({ id: member.id, email })
    await api.get('/api/users/profile/', member).expect(200)
    await api.get('/api/users/profile/', elsewhere).expect(401)
    expect(api.mailbox.list(member.email)[0]).toMatchObject({ subject: 'Your e-mail address was changed' })
    expect((await api.login(email)).id).toBe(member.id)
    const lines = (await api.auditLines()).filter(({ action }) => action === 'user.email_changed')
    expect(lines).toMatchObject([{ actorId: member.id, subjectId: String(member.id), details: {} }])
  })

  test('a mobile number is added in the same way', async () => {
    const member = await api.aMember()
    await ask(member, '98765 43299', 'mobile').expect(200)
    const { body } = await change(member, '9876543299', api.codeFor('+919876543299'), 'mobile').expect(200)
    expect(body).toMatchObject({ mobile: '+919876543299', email: member.email })
  })

  test('a wrong, used, foreign or other-purpose code changes nothing', async () => {
    const member = await api.aMember()
    const stranger = await api.aMember()
    const email = api.nextEmail()
    await ask(member, email).expect(200)
    const code = api.codeFor(email)
    expect((await change(member, email, wrong(code)).expect(400)).body.code).toBe('auth.otp_invalid')
    expect((await change(stranger, email, code).expect(400)).body.code).toBe('auth.otp_invalid')
    const login = { identifier: email, otp_type: 'email', otp_code: code }
    await api.http.post('/api/auth/verify-otp/').send(login).expect(400)
    await api.http.post('/api/auth/send-otp/').send({ identifier: email, otp_type: 'email' }).expect(200)
    const loginCode = api.codeFor(email)
    if (loginCode !== code) await change(member, email, loginCode).expect(400)
    await change(member, email, code).expect(200)
    await change(member, email, code).expect(400)
    expect((await ask(member, email).expect(429)).body.code).toBe('auth.otp_resend_too_soon')
  })

  test('somebody else’s address is asked for with the same answer and never given', async () => {
    const member = await api.aMember()
    const victim = await api.aMember()
    const known = await ask(member, victim.email).expect(200)
    const unknown = await ask(member, api.nextEmail()).expect(200)
    expect(known.body).toEqual(unknown.body)
    const { body } = await change(member, victim.email, api.codeFor(victim.email)).expect(400)
    expect(body).toMatchObject({ code: 'user.identifier_taken', errors: { identifier: [expect.any(String)] } })
    expect((await api.get('/api/users/profile/', victim).expect(200)).body.email).toBe(victim.email)
  })

  test('of five who prove one free address at once one gets it', async () => {
    const email = api.nextEmail()
    const members: { by: Caller; code: string }[] = []
    for (const by of await Promise.all(times(5, () => api.aMember()))) {
      await ask(by, email).expect(200)
      members.push({ by, code: api.codeFor(email) })
      api.clock.advance(31_000)
    }
    const answers = await Promise.all(members.map(({ by, code }) => change(by, email, code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
    await ask(members[0]!.by, 'nobody').expect(400)
  })

  test('preferences are what the member says', async () => {
    const member = await api.aMember()
    const path = '/api/users/preferences/'
    const set = (body: object) => api.http.patch(path).set('Authorization', member.authorization).send(body)
    expect((await api.get(path, member).expect(200)).body).toEqual({ notify_by_email: false, notify_by_sms: false })
    await set({ notify_by_sms: true, role: 'admin' }).expect(200)
    expect((await set({ notify_by_email: true }).expect(200)).body).toEqual({
      notify_by_email: true,
      notify_by_sms: true,
    })
    await set({ notify_by_email: 'yes' }).expect(400)
    expect((await api.get(path, member).expect(200)).body).toEqual({ notify_by_email: true, notify_by_sms: true })
  })
})
