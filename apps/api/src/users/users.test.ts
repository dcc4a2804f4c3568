import { eachDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const profile = async (by: Caller) => (await api.get('/api/users/profile/', by).expect(200)).body
  const change = (by: Caller, body: object, method: 'put' | 'patch' = 'patch') =>
    api.http[method]('/api/users/update_profile/').set('Authorization', by.authorization).send(body)

  test('a profile shows who one is', async () => {
    const member = await api.aMember()
    expect(await profile(member)).toEqual({
      id: member.id,
      username: member.referralCode.toLowerCase(),
      email: member.email,
      mobile: null,
      first_name: '',
      last_name: '',
      gender: null,
      date_of_birth: null,
      address_line1: '',
      address_line2: '',
      city: '',
      state: '',
      pincode: '',
      country: 'India',
      role: 'user',
      is_distributor: false,
      is_active_buyer: false,
      referral_code: member.referralCode,
      date_joined: '2026-11-20T06:00:00.000Z',
      last_login: '2026-11-20T06:00:00.000Z',
      is_superuser: false,
      referred_by: null,
      kyc_status: null,
      nominee_exists: false,
      erasure_requested_at: null,
    })
    await api.http.get('/api/users/profile/').expect(401)
  })

  test('what a change names changes, by PUT and PATCH; the rest and what is not the member’s to say stay', async () => {
    const member = await api.aMember()
    const before = await profile(member)
    const named = { first_name: ' Asha ', pincode: '560001', date_of_birth: '2000-02-29', gender: 'female' }
    const answer = await change(member, {
      ...named,
      role: 'admin',
      is_superuser: true,
      is_active_buyer: true,
      email: 'other@example.com',
      referral_code: 'REFMINE',
      balance: '1000.00',
      created_at: '2000-01-01',
      nothing_known: 1,
    }).expect(200)
    expect(answer.body).toEqual({ ...before, ...named, first_name: 'Asha' })
    expect((await change(member, { city: 'Pune' }, 'put').expect(200)).body).toMatchObject({
      first_name: 'Asha',
      city: 'Pune',
    })
    expect((await change(member, { first_name: '' }).expect(200)).body.first_name).toBe('')
  })

  test.each([
    [{ date_of_birth: '2008-11-21' }, 'date_of_birth'],
    [{ date_of_birth: '2001-02-29' }, 'date_of_birth'],
    [{ pincode: '012345' }, 'pincode'],
    [{ gender: 'robot' }, 'gender'],
    [{ first_name: 'a\u0000b' }, 'first_name'],
    [{ first_name: ['Asha'] }, 'first_name'],
    [{ city: 'x'.repeat(101) }, 'city'],
  ])('a change is refused for %j', async (body, field) => {
    const { body: problem } = await change(await api.aMember(), body).expect(400)
    expect(Object.keys(problem.errors)).toEqual([field])
  })

  test('names that reach a prototype are refused', async () => {
    const member = await api.aMember()
    await api.http
      .patch('/api/users/update_profile/')
      .set('Authorization', member.authorization)
      .set('Content-Type', 'application/json')
      .send('{"__proto__": {"role": "admin"}, "first_name": "x"}')
      .expect(400)
  })

  test('a referral link carries the code, and referrals show who came by it', async () => {
    const member = await api.aMember()
    const link = await api.get('/api/users/referral-link/', member).set('Host', 'ev.in').expect(200)
    expect(link.body).toEqual({
      code: member.referralCode,
      link: `http://ev.in/?ref=${member.referralCode}`,
      qr_svg: expect.stringMatching(/^<svg xmlns="[^"]+"[\s\S]*<\/svg>\n?$/),
    })
    expect(link.body.qr_svg).not.toMatch(/<script|on\w+=|href/)
    const first = await api.aMember(member)
    const second = await api.aMember(member)
    await api.aMember(second)
    const booking = await api.post('/api/booking/bookings/', first, bookingOf(await api.aVehicle())).expect(201)
    const payment = { amount: 5_000, payment_method: 'online' }
    await api.post(`/api/booking/bookings/${booking.body.id}/make_payment/`, first, payment).expect(201)
    await api.settle()
    const { body } = await api.get('/api/users/referrals/', member).expect(200)
    expect(body.count).toBe(2)
    expect(body.results).toMatchObject([
      { id: second.id, status: 'registered', is_placed: true, volume: '0.00' },
      { id: first.id, status: 'active_buyer', is_placed: true, volume: '5000.00' },
    ])
    for (const referral of body.results) expect(referral).not.toHaveProperty('email')
    await api.expectSettledClean()
  })
})
