import { expireBookings } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'
import { type BookingStories, bookingStories, cash, online } from './testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  let story: BookingStories
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
    story = bookingStories(api)
  })
  afterEach(() => api.expectSettledClean())

  const paymentsOf = (bookingId: number) => api.deps.db.read.payment.count({ where: { bookingId } })

  describe('attack 31: a hundred payments of the last rupee at once', () => {
    test('are taken once', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi, {}, { price: 1_000 })
      await story.paid(ravi, id, online(999))
      const answers = await Promise.all(times(100, () => story.pay(ravi, id, online(1))))
      expect(story.countStatuses(answers)).toEqual({ 201: 1, 409: 99 })
      expect(await story.read(ravi, id)).toMatchObject({ status: 'completed', total_paid: '1000.00' })
      expect(await paymentsOf(id)).toBe(2)
    })

    test('from the wallet, recorded by staff and online together are taken once', async () => {
      const ravi = await api.aMember()
      const refunded = await story.aBooking(ravi)
      await story.paid(ravi, refunded, online(600))
      await story.cancel(ravi, refunded).expect(200)
      const id = await story.aBooking(ravi, {}, { price: 1_000 })
      await story.paid(ravi, id, online(999))
      const ways = [
        () => story.pay(ravi, id, online(1)),
        () => story.pay(ravi, id, { amount: 1, payment_method: 'wallet' }),
        () => story.pay(staff, id, cash(1)),
      ]
      const answers = await Promise.all(times(30, (n) => ways[n % 3]!()))
      expect(story.countStatuses(answers)).toEqual({ 201: 1, 409: 29 })
    })
  })

  describe('attack 32: one key, a hundred at once', () => {
    const oneEffect = async (send: (key: string) => PromiseLike<{ status: number; body: Record<string, unknown> }>) => {
      const answers = await Promise.all(times(100, () => send('hundred')))
      const done = answers.filter(({ status }) => status < 300)
      for (const { status, body } of answers.filter((answer) => answer.status >= 300)) {
        expect([status, body['code']]).toEqual([409, 'idempotency.in_progress'])
      }
      const later = await send('hundred')
      for (const { body } of done) expect(body).toEqual(later.body)
      return later.body
    }

    test('place one booking, and another member’s key is another key', async () => {
      const [ravi, asha] = [await api.aMember(), await api.aMember()]
      const vehicle = await api.aVehicle({ stock: 5 })
      const bookingsOf = (userId: number) => api.deps.db.read.booking.count({ where: { userId } })
      await oneEffect((key) => story.book(ravi, bookingOf(vehicle), key))
      expect(await bookingsOf(ravi.id)).toBe(1)
      expect(
        (await story.book(ravi, bookingOf(vehicle, { booking_amount: 501 }), 'hundred').expect(409)).body.code,
      ).toBe('idempotency.key_reused')
      await story.book(asha, bookingOf(vehicle), 'hundred').expect(201)
      expect(await bookingsOf(asha.id)).toBe(1)
      expect((await api.deps.db.read.vehicle.findUniqueOrThrow({ where: { id: vehicle.id } })).stockQuantity).toBe(3)
    })

    test('pay once', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      await oneEffect((key) => story.pay(ravi, id, online(500), key))
      expect(await paymentsOf(id)).toBe(1)
      expect((await story.read(ravi, id)).total_paid).toBe('500.00')
    })

    test('confirm, refund and cancel once', async () => {
      const [ravi, admin] = [await api.aMember(), await api.aColleague('admin')]
      const id = await story.aBooking(ravi)
      const payment = await story.paid(ravi, id, cash(900))
      expect(await oneEffect((key) => story.confirm(staff, payment, key))).toMatchObject({ status: 'completed' })
      await oneEffect((key) => story.refund(admin, payment, { amount: 100 }, key))
      expect((await story.wallet(ravi)).balance).toBe('100.00')
      expect(await oneEffect((key) => story.cancel(ravi, id, key))).toMatchObject({ status: 'cancelled' })
      expect((await story.wallet(ravi)).balance).toBe('900.00')
    })
  })

  test('attack 33: a booking that is cancelled, completed or expired takes no payment, in whatever way', async () => {
    const own = await anApi(api.deps.db)
    const ravi = await api.aMember()
    const cancelled = await story.aBooking(ravi)
    await story.cancel(ravi, cancelled).expect(200)
    const completed = await story.aBooking(ravi, {}, { price: 1_000 })
    await story.paid(ravi, completed, online(1_000))
    const refused = async (id: number, code: string) => {
      for (const [by, body] of [
        [ravi, online(1)],
        [ravi, cash(1)],
        [ravi, { amount: 1, payment_method: 'wallet' }],
        [staff, cash(1)],
      ] as const) {
        expect((await story.pay(by, id, body).expect(409)).body.code).toBe(code)
      }
      expect(
        (await api.post(`/api/booking/bookings/${id}/payment-order/`, ravi, { amount: 1 }).expect(409)).body.code,
      ).toBe(code)
    }
    await refused(cancelled, 'booking.closed')
    await refused(completed, 'booking.closed')
    const pending = await story.aBooking(ravi)
    await story.paid(ravi, pending, online(700))
    own.clock.advance(30 * 86_400_000)
    await expireBookings({ ...api.deps, clock: own.clock })
    await refused(pending, 'booking.expired')
    expect((await api.get(`/api/booking/bookings/${pending}/history/`, ravi)).body.events.at(-1)).toMatchObject({
      event: 'expired',
      amount: '700.00',
      actor: 'platform',
    })
  })

  test('attack 34: price and state are the server’s, whatever the client says', async () => {
    const ravi = await api.aMember()
    const vehicle = await api.aVehicle({ price: 50_000 })
    for (const total_amount of ['1.00', '49999.99', '50000.01']) {
      const { body } = await story.book(ravi, bookingOf(vehicle, { total_amount })).expect(400)
      expect(body.code).toBe('booking.total_differs')
    }
    const claims = { price: '1.00', total_paid: '50000.00', remaining_amount: '0.00', tax: '0.00', status: 'completed' }
    const { body } = await story.book(ravi, bookingOf(vehicle, claims)).expect(201)
    expect(body).toMatchObject({ total_amount: '50000.00', total_paid: '0.00', status: 'pending' })
    const paid = await story.pay(ravi, body.id, {
      ...cash(500),
      status: 'completed',
      completed_at: '2026-11-20T06:00:00Z',
      refunded_amount: '500.00',
      user: staff.id,
      recorded_by: staff.id,
      referral_bonus: '500.00',
    })
    expect(paid.body).toMatchObject({ status: 'pending', completed_at: null, refunded_amount: '0.00', user: ravi.id })
  })

  test('attack 40: the last unit goes to one of fifty bookings', async () => {
    const members = await Promise.all(times(10, () => api.aMember()))
    const vehicle = await api.aVehicle({ stock: 1 })
    const answers = await Promise.all(times(50, (n) => story.book(members[n % 10]!, bookingOf(vehicle))))
    expect(story.countStatuses(answers)).toEqual({ 201: 1, 409: 49 })
    const row = await api.deps.db.read.vehicle.findUniqueOrThrow({ where: { id: vehicle.id } })
    expect(row).toMatchObject({ stockQuantity: 0, status: 'out_of_stock' })
    expect(await api.deps.db.read.booking.count({ where: { vehicleId: vehicle.id } })).toBe(1)
  })

  test('attack 15: another member’s booking and payment are at no address and in no list', async () => {
    const [ravi, other] = [await api.aMember(), await api.aMember()]
    const id = await story.aBooking(ravi)
    const payment = await story.paid(ravi, id, online(500))
    const { booking_number } = await story.read(ravi, id)
    for (const path of [
      `bookings/${id}/`,
      `bookings/${id}/emi_schedule/`,
      `bookings/${id}/history/`,
      `payments/${payment}/`,
    ]) {
      await api.get(`/api/booking/${path}`, other).expect(404)
    }
    for (const [path, body] of [
      ['make_payment/', online(1)],
      ['payment-order/', { amount: 1 }],
      ['cancel/', { reason: 'x' }],
    ] as const) {
      await api.post(`/api/booking/bookings/${id}/${path}`, other, body).expect(404)
    }
    for (const query of [
      `bookings/?user=${ravi.id}`,
      `bookings/?search=${booking_number}`,
      `bookings/?search=${ravi.email}`,
      `payments/?user=${ravi.id}`,
      `payments/?booking=${id}`,
      `payments/?booking=${id}&cursor=`,
    ]) {
      expect((await api.get(`/api/booking/${query}`, other).expect(200)).body.results).toEqual([])
    }
    for (const review of ['confirm/', 'fail/', 'refund/']) {
      await api.post(`/api/booking/payments/${payment}/${review}`, other, { reason: 'x' }).expect(403)
    }
  })
})
