import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, notAmounts, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  afterEach(() => api.expectSettledClean())

  const book = (by: Caller, body: object, key?: string) => api.post('/api/booking/bookings/', by, body, key)
  const pay = (by: Caller, id: number, body: object, key?: string) =>
    api.post(`/api/booking/bookings/${id}/make_payment/`, by, body, key)
  const online = (amount: unknown) => ({ amount, payment_method: 'online' })

  async function aBooking(by: Caller, changes: object = {}, price = 100_000): Promise<number> {
    const vehicle = await api.aVehicle({ price })
    return (await book(by, bookingOf(vehicle, changes)).expect(201)).body.id
  }
  const paymentsOf = (bookingId: number) => api.deps.db.read.payment.count({ where: { bookingId } })

  test('a payment moves the booking on: pending, active with the threshold, completed with the rest', async () => {
    const member = await api.aMember()
    const id = await aBooking(member)
    const first = await pay(member, id, { ...online(500), transaction_id: `T-${id}` }).expect(201)
    expect(first.body).toMatchObject({
      booking: id,
      user: member.id,
      amount: '500.00',
      status: 'completed',
      payment_method: 'online',
      transaction_id: `T-${id}`,
      completed_at: '2026-11-20T06:00:00.000Z',
    })
    const read = async () => (await api.get(`/api/booking/bookings/${id}/`, member).expect(200)).body
    expect(await read()).toMatchObject({ status: 'pending', total_paid: '500.00', confirmed_at: null })
    await pay(member, id, online('4500.00')).expect(201)
    expect(await read()).toMatchObject({ status: 'active', next_statuses: ['completed', 'cancelled'] })
    expect((await api.get('/api/users/profile/', member)).body.is_active_buyer).toBe(true)
    await pay(member, id, online(95_000)).expect(201)
    expect(await read()).toMatchObject({ status: 'completed', remaining_amount: '0.00', next_statuses: [] })
    expect((await pay(member, id, online(1)).expect(409)).body.code).toBe('booking.closed')
  })

  test.each(notAmounts.map((amount) => [amount]))('of %j is refused and moves nothing', async (amount) => {
    const member = await api.aMember()
    const id = await aBooking(member)
    const { body } = await pay(member, id, online(amount)).expect(400)
    expect(Object.keys(body.errors)).toEqual(['amount'])
    expect(await paymentsOf(id)).toBe(0)
  })

  test.each(['1e309', '-1e309', '1e-3', '5.000', '00500'])('a payment of the number %s is refused', async (text) => {
    const member = await api.aMember()
    const id = await aBooking(member)
    const answer = await api.http
      .post(`/api/booking/bookings/${id}/make_payment/`)
      .set('Authorization', member.authorization)
      .set('Content-Type', 'application/json')
      .send(`{"amount":${text},"payment_method":"online"}`)
    // The number 5.000 is 5 in JSON, which has no way to tell them apart.
    expect(answer.status).toBe(text === '5.000' ? 201 : 400)
  })

  test('a payment of nothing, of too much, or from an empty wallet is refused by name', async () => {
    const member = await api.aMember()
    const id = await aBooking(member)
    expect((await pay(member, id, online(0)).expect(400)).body.code).toBe('payment.not_positive')
    const tooMuch = await pay(member, id, online('100000.01')).expect(400)
    expect(tooMuch.body).toMatchObject({
      code: 'payment.exceeds_remaining',
      detail: 'At most ₹100000.00 remains to be paid.',
      errors: { amount: ['At most ₹100000.00 remains to be paid.'] },
    })
    const fromWallet = await pay(member, id, { amount: 1, payment_method: 'wallet' }).expect(400)
    expect(fromWallet.body.code).toBe('wallet.insufficient')
    const deduction = await pay(member, id, { amount: 1, payment_method: 'emi_deduction' }).expect(400)
    expect(Object.keys(deduction.body.errors)).toEqual(['payment_method'])
    expect(await paymentsOf(id)).toBe(0)
  })

  test('a payment in cash waits when the member reports it and counts when staff record it', async () => {
    const member = await api.aMember()
    const staff = await api.aColleague('staff')
    const id = await aBooking(member)
    const cash = { amount: 700, payment_method: 'cash' }
    expect((await pay(member, id, cash).expect(201)).body).toMatchObject({ status: 'pending', completed_at: null })
    expect((await api.get(`/api/booking/bookings/${id}/`, member)).body.total_paid).toBe('0.00')
    expect((await pay(staff, id, cash).expect(201)).body).toMatchObject({ status: 'completed', user: member.id })
    expect((await api.get(`/api/booking/bookings/${id}/`, member)).body.total_paid).toBe('700.00')
    expect((await pay(staff, id, { ...cash, payment_method: 'wallet' }).expect(403)).body.code).toBe('auth.forbidden')
  })

  test('a payment counts once under one key, and its first answer stays', async () => {
    const member = await api.aMember()
    const id = await aBooking(member)
    const first = await pay(member, id, online('500.00'), 'key').expect(201)
    const again = await pay(member, id, online(500), 'key').expect(201)
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.body).toEqual(first.body)
    await pay(member, id, online(501), 'key').expect(409)
    const other = await api.aMember()
    const otherId = await aBooking(other)
    await pay(other, otherId, online(500), 'key').expect(201)
    expect(await paymentsOf(id)).toBe(1)
  })

  test('a payment counts once when twenty bring one key at once', async () => {
    const member = await api.aMember()
    const id = await aBooking(member)
    const answers = await Promise.all(times(20, () => pay(member, id, online(500), 'together')))
    const done = answers.filter(({ status }) => status === 201)
    expect(done.length).toBeGreaterThanOrEqual(1)
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1)
    for (const { status, body, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, body.code, headers['retry-after']]).toEqual([409, 'idempotency.in_progress', '1'])
    }
    expect(await paymentsOf(id)).toBe(1)
  })

  test('a payment of the last rupee is taken from one of twenty', async () => {
    const member = await api.aMember()
    const id = await aBooking(member, {}, 1_000)
    await pay(member, id, online(999)).expect(201)
    const answers = await Promise.all(times(20, () => pay(member, id, online(1))))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect((await api.get(`/api/booking/bookings/${id}/`, member)).body.total_paid).toBe('1000.00')
  })

  test('a payment names a transaction id once', async () => {
    const member = await api.aMember()
    const id = await aBooking(member)
    const body = { ...online(500), transaction_id: `UTR-${id}` }
    await pay(member, id, body).expect(201)
    expect((await pay(member, id, body).expect(409)).body.code).toBe('payment.duplicate_transaction')
  })

  test('a payment carries its request’s id into the messages that tell of it', async () => {
    const member = await api.aMember()
    const id = await aBooking(member)
    await pay(member, id, online(500)).set('X-Request-Id', `trace-${id}`).expect(201)
    expect(await api.deps.db.read.outboxMessage.count({ where: { requestId: `trace-${id}` } })).toBe(1)
  })
})
