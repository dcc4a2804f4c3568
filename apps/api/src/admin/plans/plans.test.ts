import { takeUpPlan } from '@ev/application'
import { users } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, notAmounts, type TestApi } from '../../testing/an-api.ts'

const hourMs = 3_600_000

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let superuser: Caller
  async function fresh() {
    api = await anApi((await makeDatabase()).database)
    superuser = await api.aSuperuser()
  }
  /** Sessions end with the day. */
  const loginAgain = async () => {
    superuser = await api.login(superuser.email)
  }
  const read = async (path: string) => (await api.get(`/api/admin/plans/${path}`, superuser).expect(200)).body
  const create = (settings: object, more: object = {}, by = superuser) =>
    api.post('/api/admin/plans/', by, { settings, reason: 'A trial.', ...more })
  const inHours = (hours: number) => new Date(api.clock.now().getTime() + hours * hourMs).toISOString()

  async function paidBooking(amount: string, referrer?: Caller) {
    const member = await api.aMember(referrer)
    const vehicle = await api.aVehicle()
    const { body } = await api.post('/api/booking/bookings/', member, bookingOf(vehicle)).expect(201)
    const payment = { amount, payment_method: 'online' }
    await api.post(`/api/booking/bookings/${body.id}/make_payment/`, member, payment).expect(201)
    return member
  }

  describe('a version', () => {
    beforeAll(fresh)

    test('1 holds the numbers of the platform that was replaced', async () => {
      const current = await read('current/')
      expect(current).toMatchObject({
        version: 1,
        state: 'current',
        created_by: null,
        effective_from: '1970-01-01T00:00:00.000Z',
        settings: {
          min_pre_booking: '500.00',
          active_buyer_threshold: '5000.00',
          referral_bonus_bps: 500,
          tds_policy: 'flat_with_ceiling',
          section_194h: {
            rate_bps: [
              { from: '2016-06-01', value: 500 },
              { from: '2024-10-01', value: 200 },
            ],
            threshold: [
              { from: '2016-06-01', value: '15000.00' },
              { from: '2025-04-01', value: '20000.00' },
            ],
          },
        },
      })
      expect(await read('1/')).toEqual(current)
      expect((await api.get('/api/admin/plans/2/', superuser).expect(404)).body.code).toBe('plan.not_found')
    })

    test('comes into effect on its date, leaves out what stays, and is audited with its reason', async () => {
      const effective_from = inHours(24)
      const { body } = await create({ min_pre_booking: '1000.00' }, { effective_from }).expect(201)
      const { settings } = await read('1/')
      expect(body).toEqual({
        version: 2,
        effective_from,
        state: 'scheduled',
        created_by: superuser.id,
        created_at: api.clock.now().toISOString(),
        settings: { ...settings, min_pre_booking: '1000.00' },
      })
      const vehicle = await api.aVehicle()
      const place = async () => api.post('/api/booking/bookings/', await api.aMember(), bookingOf(vehicle))
      expect((await place()).status).toBe(201)
      api.clock.advance(24 * hourMs - 1)
      await loginAgain()
      expect((await read('current/')).version).toBe(1)
      expect((await place()).status).toBe(201)
      api.clock.advance(1)
      expect((await place()).body).toMatchObject({ code: 'booking.amount_too_small' })
      const listed = (await read('')).results.map(({ version, state }: { version: number; state: string }) => [
        version,
        state,
      ])
      expect(listed).toEqual([
        [2, 'current'],
        [1, 'past'],
      ])
      const [line] = (await api.auditLines()).filter(({ action }) => action === 'plan.created')
      expect(line).toMatchObject({
        actorId: superuser.id,
        subjectType: 'plan',
        subjectId: '2',
        details: { effectiveFrom: effective_from, changed: 'minPreBooking', reason: 'A trial.' },
      })
    })

    test('that was announced by mistake is replaced by one that begins at the same moment', async () => {
      const effective_from = inHours(1)
      await create({ referral_bonus_bps: 5_000 }, { effective_from }).expect(201)
      await create({ referral_bonus_bps: 600 }, { effective_from }).expect(201)
      await create({ grace_pairs: 7 }).expect(201)
      expect(await read('current/')).toMatchObject({
        version: 5,
        settings: { grace_pairs: 7, referral_bonus_bps: 500 },
      })
      api.clock.advance(hourMs)
      await loginAgain()
      expect(await read('current/')).toMatchObject({
        version: 4,
        settings: { grace_pairs: 5, referral_bonus_bps: 600 },
      })
    })

    test('has a number of its own, however many are made at once', async () => {
      const answers = await Promise.all(times(6, (n) => create({ grace_pairs: n })))
      const versions = answers.map(({ body }) => body.version).sort((a, b) => a - b)
      expect(versions).toEqual([6, 7, 8, 9, 10, 11])
      expect(await read('current/')).toMatchObject({ version: 11 })
    })

    test.each<[string, object, object?]>([
      ['settings.referral_bonus_bps', { referral_bonus_bps: 10_001 }],
      ['settings.referral_bonus_bps', { referral_bonus_bps: '500' }],
      ['settings.monthly_pair_limit', { monthly_pair_limit: 0 }],
      ['settings.pair_earning', { pair_earning: '1000.01' }],
      ['settings.pair_eligibility', { pair_eligibility: 'everyone' }],
      ['settings.payout_requires_kyc', { payout_requires_kyc: 'yes' }],
      ['settings.section_194h.rate_bps.0.from', { section_194h: { rate_bps: [{ from: '2027-01-01', value: 1 }] } }],
      ['settings.section_194h.rates', { section_194h: { rates: [] } }],
      ['settings.version', { version: 9 }],
      ['effective_from', {}, { effective_from: '2026-11-19T00:00:00Z' }],
      ['effective_from', {}, { effective_from: '2036-11-19T00:00:00Z' }],
      ['reason', {}, { reason: '' }],
      ['created_by', {}, { created_by: 1 }],
    ])('with a wrong %s is refused by name', async (field, settings, more) => {
      const { body } = await create(settings, more).expect(400)
      expect(Object.keys(body.errors)).toEqual([field])
      expect((await read('')).count).toBe(11)
    })

    test('takes amounts of money only', async () => {
      for (const amount of notAmounts) {
        const { body } = await create({ payout_minimum: amount })
        expect([amount, body.code]).toEqual([amount, 'validation.failed'])
      }
    })
  })

  describe('only a superuser makes a plan', () => {
    beforeAll(fresh)

    test('an admin reads and previews; staff and members see nothing; each refusal is in the audit log', async () => {
      const admin = await api.aColleague('admin')
      await api.get('/api/admin/plans/', admin).expect(200)
      expect((await create({}, {}, admin).expect(403)).body.code).toBe('auth.forbidden')
      const others = [await api.aColleague('staff'), await api.aMember()]
      for (const by of others) {
        await api.get('/api/admin/plans/current/', by).expect(403)
        await create({}, {}, by).expect(403)
      }
      const refused = (await api.auditLines()).filter(({ action }) => action === 'auth.authorisation_failed')
      expect(refused.map(({ actorId, subjectId }) => [actorId, subjectId])).toEqual([
        [admin.id, 'POST /admin/plans/'],
        ...others.flatMap(({ id }) => [
          [id, 'GET /admin/plans/current/'],
          [id, 'POST /admin/plans/'],
        ]),
      ])
      expect((await read('')).count).toBe(1)
    })
  })

  describe('what was earned', () => {
    beforeAll(fresh)

    test('is paid by the plan of its time, however late its message is handled', async () => {
      const referrer = await api.aMember()
      await paidBooking('5000.00', referrer)
      await create({ referral_bonus_bps: 1_000 }, { effective_from: inHours(1) }).expect(201)
      api.clock.advance(2 * hourMs)
      await loginAgain()
      await paidBooking('5000.00', referrer)
      await api.settle()
      const { authorization } = await api.login(referrer.email)
      const bonuses = '/api/wallet/transactions/?transaction_type=REFERRAL_BONUS'
      const { body } = await api.get(bonuses, { ...referrer, authorization }).expect(200)
      expect(body.results.map(({ amount }: { amount: string }) => amount)).toEqual(['500.00', '250.00'])
      await api.expectSettledClean()
    })

    test('a plan with another threshold counts all Active Buyers again, once', async () => {
      const [small, large] = [await paidBooking('2000.00'), await paidBooking('6000.00')]
      await api.settle()
      const areActive = async () =>
        (await users.findMany(api.deps.db.read, [small.id, large.id])).map(({ isActiveBuyer }) => isActiveBuyer)
      expect(await takeUpPlan(api.deps)).toBe(0)
      expect(await areActive()).toEqual([false, true])
      await create({ active_buyer_threshold: '1500.00' }).expect(201)
      expect(await takeUpPlan(api.deps)).toBe(1)
      expect(await takeUpPlan(api.deps)).toBe(0)
      expect(await areActive()).toEqual([true, true])
      await create({ active_buyer_threshold: '7000.00' }).expect(201)
      expect(await takeUpPlan(api.deps)).toBeGreaterThanOrEqual(2)
      expect(await areActive()).toEqual([false, false])
      await create({ grace_pairs: 1 }).expect(201)
      expect(await takeUpPlan(api.deps)).toBe(0)
      await api.expectSettledClean()
    })
  })

  describe('a preview', () => {
    beforeAll(fresh)
    const preview = (body: object) => api.post('/api/admin/plans/preview/', superuser, body)

    test('shows old and new side by side and writes nothing', async () => {
      const { body } = await preview({
        settings: {
          referral_bonus_bps: 750,
          emi_deduction_bps: 3_000,
          tds_policy: 'section_194h',
          payout_minimum: '2500',
        },
        payment: { amount: '2000.00' },
        pair: { pair_number: 6 },
        payout: { requested_amount: '2000.00', paid_this_year: '19000.00', emi_auto_filled: true, emi_due: '300.00' },
      }).expect(200)
      expect(body).toEqual({
        current_version: 1,
        current: {
          payment: { referral_bonus: '100.00', is_active_buyer: false },
          pair: { earning_amount: '500.00', net_amount: '400.00', emi_deducted: '100.00' },
          payout: {
            requested_amount: '2000.00',
            tds_amount: '100.00',
            net_amount: '1900.00',
            emi_amount: '300.00',
            transfer_amount: '1600.00',
            is_below_minimum: false,
          },
        },
        proposed: {
          payment: { referral_bonus: '150.00', is_active_buyer: false },
          pair: { earning_amount: '500.00', net_amount: '350.00', emi_deducted: '150.00' },
          payout: {
            requested_amount: '2000.00',
            tds_amount: '420.00',
            net_amount: '1580.00',
            emi_amount: '300.00',
            transfer_amount: '1280.00',
            is_below_minimum: true,
          },
        },
      })
      expect((await read('')).count).toBe(1)
    })

    test('has cases of its own when none are given, and refuses what could not be a plan', async () => {
      const { body } = await preview({ settings: {} }).expect(200)
      expect(body.proposed).toEqual(body.current)
      expect(body.current.payment).toEqual({ referral_bonus: '250.00', is_active_buyer: true })
      expect((await preview({ settings: { tds_bps: -1 } }).expect(400)).body.errors).toHaveProperty('settings.tds_bps')
      expect((await preview({ settings: {}, pair: { n: 1 } }).expect(400)).body.errors).toHaveProperty('pair.n')
    })
  })
})
