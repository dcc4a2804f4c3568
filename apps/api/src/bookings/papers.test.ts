import { eachDatabase } from '@ev/db/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'
import { type BookingStories, bookingStories, cash, online } from './testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  let admin: Caller
  let story: BookingStories
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
    admin = await api.aColleague('admin')
    story = bookingStories(api)
  })
  afterEach(() => api.expectSettledClean())

  const edit = (method: 'put' | 'patch', by: Caller, id: number, body: object) =>
    api.http[method](`/api/booking/bookings/${id}/`).set('Authorization', by.authorization).send(body)

  describe('changing a booking', () => {
    test.each(['put', 'patch'] as const)('by %s touches what is named, and nothing else', async (method) => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi, { vehicle_color: 'Red', delivery_city: 'Pune' })
      const before = await story.read(ravi, id)
      const { body } = await edit(method, ravi, id, {
        vehicle_color: 'Sea green',
        delivery_pin: '560001',
        delivery_city: '',
        total_amount: '1.00',
        booking_amount: '1.00',
        status: 'completed',
        total_paid: '9.00',
        user: 1,
        expires_at: '2030-01-01T00:00:00Z',
      }).expect(200)
      const changes = { vehicle_color: 'Sea green', delivery_pin: '560001', delivery_city: null }
      expect(body).toEqual({ ...before, ...changes })
      expect(await story.read(ravi, id)).toEqual(body)
    })

    test('refuses options that the vehicle does not have, and what is no pincode', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      for (const [body, field] of [
        [{ vehicle_color: 'Plaid' }, 'vehicle_color'],
        [{ battery_variant: '1 kWh' }, 'battery_variant'],
        [{ delivery_pin: '012345' }, 'delivery_pin'],
        [{ delivery_city: ['Pune'] }, 'delivery_city'],
      ] as const) {
        const refused = await edit('patch', ravi, id, body).expect(400)
        expect(Object.keys(refused.body.errors)).toEqual([field])
      }
    })

    test('is for its member and staff, while it is pending', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const change = { delivery_city: 'Goa' }
      expect((await edit('patch', await api.aMember(), id, change).expect(404)).body.code).toBe('booking.not_found')
      expect((await edit('patch', staff, id, change).expect(200)).body.delivery_city).toBe('Goa')
      expect((await api.auditLines()).at(-1)).toMatchObject({ action: 'booking.edited', actorId: staff.id })
      await story.paid(ravi, id, online(5_000))
      const refused = await edit('patch', ravi, id, change).expect(409)
      expect(refused.body).toMatchObject({ code: 'booking.not_editable', detail: 'The booking is active.' })
      await edit('patch', staff, id, change).expect(409)
    })
  })

  describe('the history of a booking', () => {
    const history = async (by: Caller, id: number) =>
      (await api.get(`/api/booking/bookings/${id}/history/`, by).expect(200)).body
    const told = ({ events }: { events: { event: string; amount: string | null; actor: string }[] }) =>
      events.map(({ event, amount, actor }) => [event, amount, actor])

    test('tells each payment, review and refund, with who did it and when', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const step = () => api.clock.advance(1_000)
      step()
      const reported = await story.paid(ravi, id, cash(5_000))
      step()
      const wrong = await story.paid(ravi, id, cash(700))
      step()
      await story.confirm(staff, reported).expect(200)
      step()
      await story.fail(admin, wrong).expect(200)
      step()
      await story.refund(admin, reported, { amount: 200 }).expect(200)
      step()
      await story.paid(staff, id, cash(100))
      step()
      await story.cancel(ravi, id).expect(200)
      const body = await history(ravi, id)
      expect(body).toMatchObject({ booking: id, status: 'cancelled', next_statuses: [] })
      expect(told(body)).toEqual([
        ['placed', null, 'member'],
        ['payment_reported', '5000.00', 'member'],
        ['payment_reported', '700.00', 'member'],
        ['payment_completed', '5000.00', 'staff'],
        ['confirmed', null, 'platform'],
        ['payment_failed', '700.00', 'admin'],
        ['payment_refunded', '200.00', 'admin'],
        ['payment_completed', '100.00', 'staff'],
        ['cancelled', '4900.00', 'member'],
      ])
      expect(body.events[5]).toMatchObject({ payment: wrong, payment_method: 'cash', note: 'No such transfer' })
      expect(body.events[8]).toMatchObject({ note: 'Changed my mind', at: api.clock.now().toISOString() })
      expect(await history(staff, id)).toEqual(body)
    })

    test('tells how a booking was completed, and what may come next before', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi, {}, { price: 6_000 })
      expect(await history(ravi, id)).toMatchObject({ next_statuses: ['active', 'expired', 'cancelled'] })
      await story.paid(ravi, id, online(6_000))
      expect(told(await history(ravi, id))).toEqual([
        ['placed', null, 'member'],
        ['payment_completed', '6000.00', 'member'],
        ['confirmed', null, 'platform'],
        ['completed', null, 'platform'],
      ])
    })

    test('and the receipt are nobody else’s', async () => {
      const id = await story.aBooking(await api.aMember())
      const other = await api.aMember()
      for (const part of ['history/', 'receipt.pdf']) {
        await api.http.get(`/api/booking/bookings/${id}/${part}`).expect(401)
        const {
          instance: _,
          request_id: __,
          ...theirs
        } = (await api.get(`/api/booking/bookings/${id}/${part}`, other).expect(404)).body
        const {
          instance: ___,
          request_id: ____,
          ...nobodys
        } = (await api.get(`/api/booking/bookings/999999/${part}`, other).expect(404)).body
        expect(theirs).toEqual(nobodys)
      }
    })
  })

  test('the receipt is a PDF to keep, with or without payments and instalments', async () => {
    const ravi = await api.aMember()
    const vehicle = await api.aVehicle({ price: 123_456 })
    const emi = { payment_option: 'emi_options', emi_duration_months: 12, vehicle_color: 'Red', delivery_city: 'Pune' }
    const { id, booking_number } = (await story.book(ravi, bookingOf(vehicle, emi)).expect(201)).body
    const receipt = (by: Caller, of: number) =>
      api.get(`/api/booking/bookings/${of}/receipt.pdf`, by).buffer(true).responseType('blob').expect(200)
    expect((await receipt(ravi, id)).body.subarray(0, 5).toString()).toBe('%PDF-')
    await story.paid(ravi, id, cash(700))
    await story.refund(admin, await story.paid(ravi, id, online('23456.50')), { amount: 1_000 }).expect(200)
    const { body, headers } = await receipt(staff, id)
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename=receipt-${booking_number}.pdf`,
      'cache-control': 'no-store',
    })
    expect(body.length).toBeGreaterThan(5_000)
  })
})
