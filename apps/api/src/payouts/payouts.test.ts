import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, notAmounts, type TestApi } from '../testing/an-api.ts'

const bank = {
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  afterEach(() => api.expectLedgerClean())

  const ask = (by: Caller, requested_amount: unknown, more: object = {}, key?: string) =>
    api.post('/api/payout/', by, { requested_amount, ...bank, ...more }, key)
  const process = (by: Caller, id: number, key?: string) => api.post(`/api/payout/${id}/process/`, by, {}, key)
  const walletOf = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body

  /** A member with ₹5,000 in the wallet: 5 % of what someone referred has paid. */
  async function anEarner(): Promise<Caller> {
    const earner = await api.aMember()
    const buyer = await api.aMember(earner)
    const booking = await api.post('/api/booking/bookings/', buyer, bookingOf(await api.aVehicle())).expect(201)
    const payment = { amount: 100_000, payment_method: 'online' }
    await api.post(`/api/booking/bookings/${booking.body.id}/make_payment/`, buyer, payment).expect(201)
    await api.settle()
    return earner
  }

  test('is held at once, processed by an admin, and shown in all its parts', async () => {
    const earner = await anEarner()
    const admin = await api.aColleague('admin')
    const { body } = await ask(earner, '1000.00').expect(201)
    expect(body).toMatchObject({
      user: earner.id,
      requested_amount: '1000.00',
      tds_amount: '50.00',
      net_amount: '950.00',
      emi_amount: '0.00',
      transfer_amount: '950.00',
      status: 'pending',
      next_statuses: ['processing', 'rejected', 'cancelled'],
      account_number: 'XXXXXX6789',
      bank_reference: null,
      failure_reason: '',
    })
    expect(await walletOf(earner)).toMatchObject({ balance: '5000.00', held: '1000.00', available: '4000.00' })
    expect((await process(admin, body.id).expect(202)).body).toMatchObject({ status: 'processing' })
    await api.expectSettledClean()
    expect((await api.get(`/api/payout/${body.id}/`, earner).expect(200)).body).toMatchObject({
      status: 'completed',
      bank_reference: `SANDBOX-PAYOUT-${body.id}`,
      next_statuses: [],
    })
    expect(await walletOf(earner)).toMatchObject({ balance: '4000.00', held: '0.00', total_withdrawn: '1000.00' })
    const parts = (await api.get(`/api/payout/transactions/?payout=${body.id}`, earner).expect(200)).body.results
    expect(parts.map((part: Record<string, string>) => [part['transaction_type'], part['amount']]).sort()).toEqual([
      ['payout', '950.00'],
      ['tds', '50.00'],
    ])
    const tds = (await api.get('/api/compliance/tds/?financial_year=2026-27', earner).expect(200)).body.results
    expect(tds).toEqual([
      {
        id: expect.any(Number),
        user: earner.id,
        financial_year: '2026-27',
        total_payout: '1000.00',
        tds_deducted: '50.00',
        quarters: {
          Q1: { total_payout: '0.00', tds_deducted: '0.00' },
          Q2: { total_payout: '0.00', tds_deducted: '0.00' },
          Q3: { total_payout: '1000.00', tds_deducted: '50.00' },
          Q4: { total_payout: '0.00', tds_deducted: '0.00' },
        },
        certificate_number: null,
      },
    ])
    expect((await api.get('/api/compliance/tds/?financial_year=2025-26', earner)).body.results).toEqual([])
  })

  test('fills the EMI first when asked to, as the preview said', async () => {
    const earner = await anEarner()
    const vehicle = await api.aVehicle({ price: 10_500 })
    const emi = { payment_option: 'emi_options', emi_duration_months: 10 }
    const booking = (await api.post('/api/booking/bookings/', earner, bookingOf(vehicle, emi)).expect(201)).body
    const paid = { amount: 500, payment_method: 'online' }
    await api.post(`/api/booking/bookings/${booking.id}/make_payment/`, earner, paid).expect(201)
    const preview = await api.get('/api/payout/preview/?amount=2000&emi_auto_filled=true', earner).expect(200)
    expect(preview.body).toEqual({
      requested_amount: '2000.00',
      tds_amount: '100.00',
      net_amount: '1900.00',
      emi_amount: '1000.00',
      transfer_amount: '900.00',
    })
    const { body } = await ask(earner, 2_000, { emi_auto_filled: true }).expect(201)
    expect(body).toMatchObject({ ...preview.body, emi_auto_filled: true })
    await process(await api.aColleague('admin'), body.id).expect(202)
    await api.expectSettledClean()
    const { body: rows } = await api.get('/api/wallet/transactions/?reference_type=payout', earner).expect(200)
    expect(rows.results.map((row: Record<string, string>) => [row['transaction_type'], row['amount']])).toEqual([
      ['EMI_DEDUCTION', '-1000.00'],
      ['PAYOUT', '-1000.00'],
    ])
    expect((await api.get(`/api/booking/bookings/${booking.id}/`, earner)).body.total_paid).toBe('1500.00')
  })

  test('gives the hold back when the bank refuses', async () => {
    const earner = await anEarner()
    const { body } = await ask(earner, 5_000, { account_number: '000000000000' }).expect(201)
    await process(await api.aColleague('admin'), body.id).expect(202)
    await api.expectSettledClean()
    const failed = (await api.get(`/api/payout/${body.id}/`, earner)).body
    expect(failed).toMatchObject({ status: 'failed', failure_reason: 'The account does not exist.' })
    expect(await walletOf(earner)).toMatchObject({ balance: '5000.00', held: '0.00' })
  })

  test.each([
    [{ requested_amount: '0.99' }, 'payout.below_minimum', 'requested_amount'],
    [{ requested_amount: '5000.01' }, 'payout.exceeds_available', 'requested_amount'],
    [{ requested_amount: 0 }, 'payout.below_minimum', 'requested_amount'],
    [{ account_number: '12345678' }, 'validation.failed', 'account_number'],
    [{ account_number: 50100123456789 }, 'validation.failed', 'account_number'],
    [{ ifsc_code: 'hdfc0001234' }, 'validation.failed', 'ifsc_code'],
    [{ account_holder_name: '' }, 'validation.failed', 'account_holder_name'],
    [{ bank_name: 'a\nb' }, 'validation.failed', 'bank_name'],
    [{ emi_auto_filled: 'yes' }, 'validation.failed', 'emi_auto_filled'],
  ])('refuses %j', async (changes, code, field) => {
    const earner = await anEarner()
    const { body } = await ask(earner, 100, changes).expect(400)
    expect(body.code).toBe(code)
    expect(Object.keys(body.errors)).toEqual([field])
    expect(await walletOf(earner)).toMatchObject({ held: '0.00' })
  })

  test('refuses what is no amount, in the request and in the preview', async () => {
    const member = await api.aMember()
    for (const amount of notAmounts) {
      const { body } = await ask(member, amount).expect(400)
      expect(Object.keys(body.errors)).toEqual(['requested_amount'])
    }
    for (const text of ['-1', '0', 'NaN', '1e5', '', '0.001', '1,000']) {
      const { body } = await api.get(`/api/payout/preview/?amount=${text}`, member).expect(400)
      expect(Object.keys(body.errors)).toEqual(['amount'])
    }
    await api.get('/api/payout/preview/?amount=1&amount=2', member).expect(400)
  })

  test('of the whole balance is given to one of twenty', async () => {
    const earner = await anEarner()
    const answers = await Promise.all(times(20, () => ask(earner, 5_000)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(19, () => 400)])
    expect(await walletOf(earner)).toMatchObject({ held: '5000.00', available: '0.00' })
  })

  test('is asked for and processed once per key, and answered as the first time', async () => {
    const earner = await anEarner()
    const admin = await api.aColleague('admin')
    const first = await ask(earner, 100, {}, 'ask').expect(201)
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    const started = await process(admin, first.body.id, 'go').expect(202)
    await api.expectSettledClean()
    const again = await ask(earner, '100.00', {}, 'ask').expect(201)
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body])
    const restarted = await process(admin, first.body.id, 'go').expect(202)
    expect([restarted.headers['idempotency-replayed'], restarted.body]).toEqual(['true', started.body])
    await ask(earner, 101, {}, 'ask').expect(409)
    expect((await process(admin, first.body.id).expect(409)).body.code).toBe('payout.transition_refused')
    expect((await api.get('/api/payout/', earner)).body.count).toBe(1)
  })

  test('is started once by ten who try together', async () => {
    const earner = await anEarner()
    const admins = [await api.aColleague('admin'), await api.aColleague('admin')]
    const { body } = await ask(earner, 100).expect(201)
    const answers = await Promise.all(times(10, (n) => process(admins[n % 2]!, body.id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...times(9, () => 409)])
    await api.expectSettledClean()
  })

  describe('roles', () => {
    test('only an admin processes, and never the own payout', async () => {
      const earner = await anEarner()
      const { body } = await ask(earner, 100).expect(201)
      expect((await process(earner, body.id).expect(403)).body.code).toBe('auth.forbidden')
      await process(await api.aColleague('staff'), body.id).expect(403)
      await api.http.post(`/api/payout/${body.id}/process/`).expect(401)
      await process(await api.aColleague('admin'), 999_999).expect(404)
      await api.deps.db.transaction((tx) => tx.user.update({ where: { id: earner.id }, data: { role: 'admin' } }))
      api.clock.advance(31_000)
      const promoted = await api.login(earner.email)
      expect((await process(promoted, body.id).expect(403)).body.code).toBe('payout.self_approval')
    })

    test('are listed newest first, or the longest waiting first', async () => {
      const earner = await anEarner()
      const ids = [(await ask(earner, 100).expect(201)).body.id, (await ask(earner, 101).expect(201)).body.id]
      const listed = async (query: string) =>
        (await api.get(`/api/payout/?${query}`, earner).expect(200)).body.results.map(({ id }: { id: number }) => id)
      expect(await listed('ordering=created_at')).toEqual(ids)
      expect(await listed('status=pending')).toEqual([...ids].reverse())
    })

    test('someone else’s is not there; staff see all', async () => {
      const earner = await anEarner()
      const other = await api.aMember()
      const { body } = await ask(earner, 100).expect(201)
      expect((await api.get(`/api/payout/${body.id}/`, other).expect(404)).body.code).toBe('payout.not_found')
      expect((await api.get(`/api/payout/?user=${earner.id}`, other)).body).toMatchObject({ count: 0, results: [] })
      const staff = await api.aColleague('staff')
      expect((await api.get(`/api/payout/?user=${earner.id}&status=pending`, staff)).body.count).toBe(1)
      expect((await api.get(`/api/payout/${body.id}/`, staff)).body.account_number).toBe('XXXXXX6789')
      const log = api.lines.join('')
      expect(log).not.toContain(bank.account_number)
    })
  })
})
