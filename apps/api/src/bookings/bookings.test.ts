import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

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
  describe('placing a booking', () => {
    test('answers the booking with the server’s price, and ignores what is not the client’s to say', async () => {
      const member = await api.aMember()
      const vehicle = await api.aVehicle()
      const { body } = await book(member, {
        ...bookingOf(vehicle, { vehicle_color: 'Red', delivery_pin: '560001', delivery_city: '' }),
        user: 1,
        status: 'completed',
        total_paid: '99999.00',
        price: '1.00',
        created_at: '2000-01-01T00:00:00Z',
      }).expect(201)
      expect(body).toMatchObject({
        booking_number: expect.stringMatching(/^EV[A-Z0-9]{8}$/),
        user: member.id,
        user_email: member.email,
        vehicle_model: vehicle.id,
        vehicle_details: { name: 'Volt', price: '100000.00', specifications: { range: '120 km' } },
        vehicle_color: 'Red',
        delivery_pin: '560001',
        delivery_city: null,
        booking_amount: '500.00',
        total_amount: '100000.00',
        total_paid: '0.00',
        remaining_amount: '100000.00',
        status: 'pending',
        next_statuses: ['active', 'expired', 'cancelled'],
        emi_amount: null,
        expires_at: '2026-12-20T06:00:00.000Z',
        created_at: '2026-11-20T06:00:00.000Z',
        confirmed_at: null,
      })
      expect((await api.get(`/api/booking/bookings/${body.id}/`, member).expect(200)).body).toEqual(body)
    })

    test('with instalments lays out the schedule', async () => {
      const member = await api.aMember()
      const emi = { payment_option: 'emi_options', emi_duration_months: 3, emi_start_date: '2027-01-31' }
      const id = await aBooking(member, emi, 1_501)
      const { body } = await api.get(`/api/booking/bookings/${id}/emi_schedule/`, member).expect(200)
      expect(body).toMatchObject({
        financed_amount: '1001.00',
        emi_amount: '333.66',
        emi_paid_count: 0,
        emi_total_count: 3,
      })
      expect(body.instalments.map((one: { due_date: string; amount: string }) => [one.due_date, one.amount])).toEqual([
        ['2027-01-31', '333.66'],
        ['2027-02-28', '333.66'],
        ['2027-03-31', '333.68'],
      ])
      await pay(member, id, online('900.00')).expect(201)
      const after = await api.get(`/api/booking/bookings/${id}/emi_schedule/`, member).expect(200)
      expect(after.body.emi_paid_count).toBe(1)
      expect(after.body.instalments[1]).toMatchObject({ paid_amount: '66.34', status: 'partial' })
    })

    test.each([
      [{ booking_amount: '499.99' }, 400, 'booking.amount_too_small', 'booking_amount'],
      [{ booking_amount: '100000.01' }, 400, 'booking.amount_exceeds_total', 'booking_amount'],
      [{ total_amount: '1.00' }, 400, 'booking.total_differs', 'total_amount'],
      [{ terms_accepted: false }, 400, 'booking.terms_not_accepted', 'terms_accepted'],
      [{ terms_accepted: 'yes' }, 400, 'validation.failed', 'terms_accepted'],
      [{ payment_option: 'emi_options' }, 400, 'booking.emi_months_required', 'emi_duration_months'],
      [{ payment_option: 'emi_options', emi_duration_months: 61 }, 400, 'validation.failed', 'emi_duration_months'],
      [{ payment_option: 'barter' }, 400, 'validation.failed', 'payment_option'],
      [{ vehicle_color: 'Plaid' }, 400, 'vehicle.option_unknown', 'vehicle_color'],
      [{ delivery_pin: '012345' }, 400, 'validation.failed', 'delivery_pin'],
      [{ referral_code: 'REFNOBODY' }, 400, 'user.referral_code_unknown', 'referral_code'],
      [{ vehicle_model: undefined }, 400, 'validation.failed', 'vehicle_model'],
      [{ vehicle_model: { gt: 0 } }, 400, 'validation.failed', 'vehicle_model'],
    ])('refuses %j', async (changes, status, code, field) => {
      const member = await api.aMember()
      const { body } = await book(member, bookingOf(await api.aVehicle(), changes)).expect(status)
      expect(body.code).toBe(code)
      expect(Object.keys(body.errors)).toEqual([field])
    })

    test('refuses a vehicle that is not there, and one’s own referral code', async () => {
      const member = await api.aMember()
      expect((await book(member, bookingOf({ id: 999_999 })).expect(404)).body.code).toBe('vehicle.not_found')
      const own = bookingOf(await api.aVehicle(), { referral_code: member.referralCode })
      expect((await book(member, own).expect(409)).body.code).toBe('user.self_referral')
    })

    test('gives the last unit to one of ten', async () => {
      const member = await api.aMember()
      const vehicle = await api.aVehicle({ stock: 1 })
      const answers = await Promise.all(times(10, () => book(member, bookingOf(vehicle))))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(9, () => 409)])
    })

    test('is done once per key', async () => {
      const member = await api.aMember()
      const body = bookingOf(await api.aVehicle())
      const first = await book(member, body, 'one').expect(201)
      await pay(member, first.body.id, online(5_000)).expect(201)
      const again = await book(member, body, 'one').expect(201)
      expect(again.headers['idempotency-replayed']).toBe('true')
      expect(again.body).toEqual(first.body)
      expect((await book(member, { ...body, booking_amount: 600 }, 'one').expect(409)).body.code).toBe(
        'idempotency.key_reused',
      )
    })
  })

  describe('what is someone else’s', () => {
    test('is not there: bookings, payments, schedules and paying', async () => {
      const owner = await api.aMember()
      const other = await api.aMember()
      const id = await aBooking(owner)
      const payment = (await pay(owner, id, online(500)).expect(201)).body.id
      const same = async (path: string, missing: string) => {
        const { instance: _, request_id: __, ...theirs } = (await api.get(path, other).expect(404)).body
        const { instance: ___, request_id: ____, ...nobodys } = (await api.get(missing, other).expect(404)).body
        expect(theirs).toEqual(nobodys)
      }
      await same(`/api/booking/bookings/${id}/`, '/api/booking/bookings/999999/')
      await same(`/api/booking/bookings/${id}/emi_schedule/`, '/api/booking/bookings/999999/emi_schedule/')
      await same(`/api/booking/payments/${payment}/`, '/api/booking/payments/999999/')
      await pay(other, id, online(500)).expect(404)
      expect((await api.get(`/api/booking/bookings/?user=${owner.id}`, other).expect(200)).body.results).toEqual([])
      expect((await api.get(`/api/booking/payments/?booking=${id}`, other).expect(200)).body.results).toEqual([])
      const staff = await api.aColleague('staff')
      expect((await api.get(`/api/booking/bookings/${id}/`, staff).expect(200)).body.user).toBe(owner.id)
      expect((await api.get(`/api/booking/bookings/?user=${owner.id}`, staff)).body.count).toBe(1)
      expect((await api.get(`/api/booking/payments/${payment}/`, staff)).body.id).toBe(payment)
    })

    test('needs a log-in', async () => {
      await api.http.get('/api/booking/bookings/').expect(401)
      await api.http.post('/api/booking/bookings/').send({}).expect(401)
      await api.http.get('/api/booking/payments/').expect(401)
    })
  })

  describe('the lists', () => {
    test('filter, search and order bookings', async () => {
      const member = await api.aMember()
      const name = `Zephyr ${member.id}`
      const vehicle = await api.aVehicle({ name })
      const first = (await book(member, bookingOf(vehicle)).expect(201)).body
      const emi = { payment_option: 'emi_options', emi_duration_months: 6 }
      const second = (await book(member, bookingOf(await api.aVehicle(), emi)).expect(201)).body
      await pay(member, second.id, online(5_000)).expect(201)
      const ids = async (query: string) => {
        const { body } = await api.get(`/api/booking/bookings/?${query}`, member).expect(200)
        return body.results.map(({ id }: { id: number }) => id)
      }
      expect(await ids('')).toEqual([second.id, first.id])
      expect(await ids('ordering=created_at')).toEqual([first.id, second.id])
      expect(await ids('status=active')).toEqual([second.id])
      expect(await ids('payment_option=full_payment')).toEqual([first.id])
      expect(await ids(`vehicle_model=${vehicle.id}`)).toEqual([first.id])
      expect(await ids(`search=${encodeURIComponent(name.toLowerCase())}`)).toEqual([first.id])
      expect(await ids(`search=${first.booking_number}`)).toEqual([first.id])
      expect(await ids(`search=${encodeURIComponent("' OR 1=1 --")}`)).toEqual([])
      expect(await ids('created_after=2026-11-20&created_before=2026-11-20')).toEqual([second.id, first.id])
      expect(await ids('created_before=2026-11-20T05:59:59.999Z')).toEqual([])
      expect(await ids('page=999999999999999')).toEqual([])
      await api.get('/api/booking/bookings/?ordering=password', member).expect(400)
      await api.get('/api/booking/bookings/?created_after=yesterday', member).expect(400)
    })

    test('page through payments by number and by cursor', async () => {
      const member = await api.aMember()
      const id = await aBooking(member)
      for (const amount of [1, 2, 3]) await pay(member, id, online(amount)).expect(201)
      const amounts = ({ results }: { results: { amount: string }[] }) => results.map(({ amount }) => amount)
      const page = (await api.get('/api/booking/payments/?page_size=2', member).expect(200)).body
      expect(page.count).toBe(3)
      expect(amounts(page)).toEqual(['3.00', '2.00'])
      const first = (await api.get('/api/booking/payments/?page_size=2&cursor=', member).expect(200)).body
      expect(amounts(first)).toEqual(['3.00', '2.00'])
      expect(first).not.toHaveProperty('count')
      const next = await api.get(`/api/booking/payments/?page_size=2&cursor=${first.next_cursor}`, member).expect(200)
      expect([amounts(next.body), next.body.next_cursor]).toEqual([['1.00'], null])
      const forged = await api.get('/api/booking/payments/?cursor=nonsense', member).expect(400)
      expect(Object.keys(forged.body.errors)).toEqual(['cursor'])
    })
  })
})
