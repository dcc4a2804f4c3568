import { eachDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let member: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    member = await api.aMember()
    const booking = await api.post('/api/booking/bookings/', member, bookingOf(await api.aVehicle())).expect(201)
    const payment = { amount: 5_000, payment_method: 'online' }
    await api.post(`/api/booking/bookings/${booking.body.id}/make_payment/`, member, payment).expect(201)
    await api.settle()
  })

  test('tell of a payment and a confirmed booking, and are read one by one', async () => {
    const { body } = await api.get('/api/notifications/', member).expect(200)
    expect(body.results).toMatchObject([
      { notification_type: 'booking', title: 'Booking confirmed', is_read: false, reference_type: 'booking' },
      { notification_type: 'payment', title: 'Payment received', is_read: false, read_at: null },
      { notification_type: 'booking', title: 'Booking placed', is_read: false },
    ])
    expect((await api.get('/api/notifications/unread_count/', member).expect(200)).body).toEqual({ unread_count: 3 })
    const [first, second, third] = body.results
    const put = await api.http
      .put(`/api/notifications/${first.id}/mark_read/`)
      .set('Authorization', member.authorization)
      .expect(200)
    expect(put.body).toMatchObject({ id: first.id, is_read: true, read_at: '2026-11-20T06:00:00.000Z' })
    api.clock.advance(1_000)
    const again = await api.post(`/api/notifications/${first.id}/mark_read/`, member).expect(200)
    expect(again.body).toEqual(put.body)
    expect((await api.get('/api/notifications/?is_read=false', member)).body.results).toMatchObject([
      { id: second.id },
      { id: third.id },
    ])
    expect((await api.get('/api/notifications/?cursor=&is_read=true', member)).body.results).toMatchObject([
      { id: first.id },
    ])
    expect((await api.get('/api/notifications/unread_count/', member)).body).toEqual({ unread_count: 2 })
  })

  test('are nobody else’s, staff included', async () => {
    const id = (await api.get('/api/notifications/', member)).body.results[0].id
    for (const other of [await api.aMember(), await api.aColleague('admin')]) {
      expect((await api.get('/api/notifications/', other)).body.count).toBe(0)
      const { body } = await api.post(`/api/notifications/${id}/mark_read/`, other).expect(404)
      expect(body.code).toBe('notification.not_found')
    }
  })

  test('are filtered by what they are about', async () => {
    const list = async (query: string) => (await api.get(`/api/notifications/?${query}`, member).expect(200)).body
    expect((await list('notification_type=payment')).results).toMatchObject([{ title: 'Payment received' }])
    expect((await list('notification_type=booking&is_read=false&cursor=')).results).toMatchObject([
      { title: 'Booking placed' },
    ])
    expect((await list('notification_type=weather')).count).toBe(0)
    await api.get('/api/notifications/?notification_type=%27%20OR%201', member).expect(400)
  })

  test('are marked as read all at once, one’s own only', async () => {
    const other = await api.aMember()
    const markAll = (by: Caller) => api.post('/api/notifications/mark_all_read/', by).expect(200)
    expect((await markAll(other)).body).toEqual({ marked: 0 })
    expect((await api.get('/api/notifications/unread_count/', member)).body).toEqual({ unread_count: 2 })
    const earlier = (await api.get('/api/notifications/?is_read=true', member)).body.results
    expect((await markAll(member)).body).toEqual({ marked: 2 })
    expect((await markAll(member)).body).toEqual({ marked: 0 })
    expect((await api.get('/api/notifications/unread_count/', member)).body).toEqual({ unread_count: 0 })
    expect((await api.get('/api/notifications/?is_read=true', member)).body.results).toEqual(
      expect.arrayContaining(earlier),
    )
  })

  test('the dashboard adds up', async () => {
    expect((await api.get('/api/reports/dashboard/', member).expect(200)).body).toEqual({
      wallet_balance: '0.00',
      total_earnings: '0.00',
      total_withdrawn: '0.00',
      active_bookings: 1,
      total_bookings: 1,
      binary_pairs: 0,
      pending_payouts: 0,
    })
    await api.expectSettledClean()
  })
})
