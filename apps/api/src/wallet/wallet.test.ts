import { eachDatabase } from '@ev/db/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  afterEach(() => api.expectSettledClean())

  async function aBooking(by: Caller): Promise<number> {
    return (await api.post('/api/booking/bookings/', by, bookingOf(await api.aVehicle())).expect(201)).body.id
  }
  const pay = (by: Caller, id: number, amount: number, payment_method = 'online') =>
    api.post(`/api/booking/bookings/${id}/make_payment/`, by, { amount, payment_method })

  /** Earned 5 % of 5,000 and then of 1,000, and paid 100 of it towards an own booking. */
  async function anEarner(): Promise<Caller> {
    const earner = await api.aMember()
    const buyer = await api.aMember(earner)
    const booking = await aBooking(buyer)
    await pay(buyer, booking, 5_000).expect(201)
    await pay(buyer, booking, 1_000).expect(201)
    await api.settle()
    await pay(earner, await aBooking(earner), 100, 'wallet').expect(201)
    return earner
  }

  test('begins with zeros', async () => {
    const member = await api.aMember()
    expect((await api.get('/api/wallet/my_wallet/', member).expect(200)).body).toEqual({
      id: expect.any(Number),
      balance: '0.00',
      held: '0.00',
      available: '0.00',
      emi_reserve: '0.00',
      recoverable: '0.00',
      total_earned: '0.00',
      total_withdrawn: '0.00',
      updated_at: '2026-11-20T06:00:00.000Z',
    })
  })

  test('shows a statement whose rows lead from one balance to the next', async () => {
    const earner = await anEarner()
    const { body } = await api.get('/api/wallet/transactions/', earner).expect(200)
    expect(body.count).toBe(3)
    const rows = body.results.map((row: Record<string, string>) => [
      row['transaction_type'],
      row['amount'],
      row['balance_before'],
      row['balance_after'],
    ])
    expect(rows).toEqual([
      ['BOOKING_PAYMENT', '-100.00', '300.00', '200.00'],
      ['REFERRAL_BONUS', '50.00', '250.00', '300.00'],
      ['REFERRAL_BONUS', '250.00', '0.00', '250.00'],
    ])
    const newest = body.results[0]
    expect((await api.get(`/api/wallet/transactions/${newest.id}/`, earner).expect(200)).body).toEqual(newest)
    expect((await api.get('/api/wallet/my_wallet/', earner)).body).toMatchObject({
      balance: '200.00',
      total_earned: '300.00',
    })
  })

  test('pages by number and by cursor, and filters', async () => {
    const earner = await anEarner()
    const get = async (query: string) => (await api.get(`/api/wallet/transactions/?${query}`, earner).expect(200)).body
    const second = await get('page=2&page_size=2')
    expect([second.results.length, second.next]).toEqual([1, null])
    expect(second.previous).toMatch(/\/api\/wallet\/transactions\/\?page=1&page_size=2$/)
    const first = await get('cursor=&page_size=2')
    expect(Object.keys(first).sort()).toEqual(['next_cursor', 'results'])
    const rest = await get(`cursor=${first.next_cursor}&page_size=2`)
    expect([rest.results.length, rest.next_cursor]).toEqual([1, null])
    expect((await get('transaction_type=REFERRAL_BONUS')).count).toBe(2)
    expect((await get('reference_type=payout')).count).toBe(0)
    expect((await get('created_after=2026-11-21')).count).toBe(0)
    const refused = await api.get('/api/wallet/transactions/?transaction_type=FREE_MONEY', earner).expect(400)
    expect(Object.keys(refused.body.errors)).toEqual(['transaction_type'])
  })

  test('explains a row by its journal entry, what lies behind it, and the arithmetic', async () => {
    const earner = await anEarner()
    const [paid, bonus] = (await api.get('/api/wallet/transactions/', earner)).body.results
    const { body } = await api.get(`/api/wallet/transactions/${bonus.id}/explain/`, earner).expect(200)
    expect(body).toMatchObject({
      transaction: bonus,
      plan_version: 1,
      rule: [
        expect.stringContaining('A member you referred paid ₹1,000.00'),
        '₹1,000.00 × 5 % = ₹50.00, by version 1 of the plan.',
      ],
      journal_entry: {
        key: `referral:payment:${bonus.reference_id}`,
        lines: [
          { account: 'commission_expense', user: null, booking: null, amount: '-50.00' },
          { account: 'member_wallet', user: earner.id, booking: null, amount: '50.00' },
        ],
      },
    })
    const payment = (await api.get(`/api/wallet/transactions/${paid.id}/explain/`, earner).expect(200)).body
    expect(payment.rule).toEqual([`Payment ${paid.reference_id} moved ₹100.00 from the wallet.`])
    for (const other of [await api.aMember(), await api.aColleague('staff')]) {
      await api.get(`/api/wallet/transactions/${paid.id}/explain/`, other).expect(404)
    }
    await api.get(`/api/wallet/transactions/${paid.id}/explain/`, await api.aColleague('admin')).expect(200)
  })

  test('is nobody else’s to read but an admin’s', async () => {
    const earner = await anEarner()
    const row = (await api.get('/api/wallet/transactions/', earner)).body.results[0].id
    for (const other of [await api.aMember(), await api.aColleague('staff')]) {
      const { body } = await api.get(`/api/wallet/transactions/${row}/`, other).expect(404)
      expect(body.code).toBe('wallet.transaction_not_found')
      expect((await api.get(`/api/wallet/transactions/?user=${earner.id}`, other)).body.count).toBe(0)
      expect((await api.get(`/api/wallet/transactions/?user=${earner.id}&cursor=`, other)).body.results).toEqual([])
    }
    const admin = await api.aColleague('admin')
    expect((await api.get(`/api/wallet/transactions/?user=${earner.id}`, admin)).body.count).toBe(3)
    expect((await api.get(`/api/wallet/transactions/${row}/`, admin).expect(200)).body.user).toBe(earner.id)
    await api.http.get('/api/wallet/my_wallet/').expect(401)
  })
})
