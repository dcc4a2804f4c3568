import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
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

  const stockOf = async (id: number) =>
    (await api.deps.db.read.vehicle.findUniqueOrThrow({ where: { id } })).stockQuantity

  test('a cancelled booking gives back its money, its unit, the bonuses and the standing', async () => {
    const asha = await api.aMember()
    const ravi = await api.aMember(asha)
    const vehicle = await api.aVehicle({ stock: 1 })
    const { id } = (await story.book(ravi, bookingOf(vehicle)).expect(201)).body
    const payment = await story.paid(ravi, id, online(1_000))
    await story.paid(ravi, id, online(4_500))
    await api.settle()
    expect((await story.wallet(asha)).balance).toBe('275.00')
    const { body } = await story.cancel(ravi, id).expect(200)
    expect(body).toMatchObject({
      status: 'cancelled',
      next_statuses: [],
      total_paid: '0.00',
      cancel_reason: 'Changed my mind',
      confirmed_at: '2026-11-20T06:00:00.000Z',
    })
    expect(await story.wallet(ravi)).toMatchObject({ balance: '5500.00', total_earned: '0.00' })
    expect((await story.statement(ravi))[0]).toEqual(['REFUND', '5500.00'])
    expect(await story.wallet(asha)).toMatchObject({ balance: '0.00', total_earned: '0.00' })
    expect(await story.isActiveBuyer(ravi)).toBe(false)
    expect(await stockOf(vehicle.id)).toBe(1)
    expect((await api.get(`/api/booking/payments/${payment}/`, ravi)).body).toMatchObject({
      status: 'refunded',
      refunded_amount: '1000.00',
    })
    expect(await story.noticesOf(ravi)).toContain('Booking cancelled')
    expect((await story.cancel(ravi, id).expect(409)).body.code).toBe('booking.transition_refused')
    const admin = await api.aColleague('admin')
    expect((await story.refund(admin, payment).expect(409)).body.code).toBe('payment.refund_exceeds')
  })

  test('a bonus that was reversed in part before loses the rest', async () => {
    const asha = await api.aMember()
    const ravi = await api.aMember(asha)
    const id = await story.aBooking(ravi)
    const payment = await story.paid(ravi, id, online('5000.01'))
    await api.settle()
    await story.refund(await api.aColleague('admin'), payment, { amount: '1234.56' }).expect(200)
    await story.cancel(ravi, id).expect(200)
    expect((await story.wallet(asha)).balance).toBe('0.00')
    expect((await story.wallet(ravi)).balance).toBe('5000.01')
  })

  test('staff cancel for a member, and it is written into the audit log; a member cancels no one else’s', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi)
    expect((await story.cancel(await api.aMember(), id).expect(404)).body.code).toBe('booking.not_found')
    await story.cancel(staff, id).expect(200)
    expect((await api.auditLines()).at(-1)).toMatchObject({
      actorId: staff.id,
      action: 'booking.cancelled',
      subjectId: String(id),
      details: { from: 'pending', isOwn: false },
    })
    await api.http.post(`/api/booking/bookings/${id}/cancel/`).send({ reason: 'x' }).expect(401)
    const noReason = await api.post(`/api/booking/bookings/${id}/cancel/`, ravi).expect(400)
    expect(Object.keys(noReason.body.errors)).toEqual(['reason'])
  })

  test('a completed booking is not cancelled', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi, {}, { price: 1_000 })
    await story.paid(ravi, id, online(1_000))
    expect((await story.cancel(ravi, id).expect(409)).body.detail).toBe(
      'A booking that is completed cannot become cancelled.',
    )
    expect(await story.read(ravi, id)).toMatchObject({ status: 'completed', total_paid: '1000.00' })
  })

  test('twenty cancellations refund once, under one key or under none', async () => {
    const ravi = await api.aMember()
    const [first, second] = [await story.aBooking(ravi), await story.aBooking(ravi)]
    for (const id of [first, second]) await story.paid(ravi, id, online(700))
    const answers = await Promise.all(times(20, () => story.cancel(ravi, first)))
    expect(story.countStatuses(answers)).toEqual({ 200: 1, 409: 19 })
    const keyed = await Promise.all(times(20, () => story.cancel(ravi, second, 'cancel')))
    expect(keyed.filter(({ status, body }) => status !== 200 && body.code !== 'idempotency.in_progress')).toEqual([])
    expect((await story.cancel(ravi, second, 'cancel').expect(200)).body.status).toBe('cancelled')
    expect((await story.wallet(ravi)).balance).toBe('1400.00')
  })

  test('what waits for confirmation when a booking is cancelled can no longer be confirmed', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi)
    const pending = await story.paid(ravi, id, cash(600))
    await story.cancel(ravi, id).expect(200)
    expect((await story.confirm(staff, pending).expect(409)).body.code).toBe('booking.closed')
    expect((await story.fail(staff, pending).expect(200)).body.status).toBe('failed')
  })
})
