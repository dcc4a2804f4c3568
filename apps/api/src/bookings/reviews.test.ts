import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
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

  test('a member’s own cash moves no money until staff confirm it; then it counts like any payment', async () => {
    const asha = await api.aMember()
    const ravi = await api.aMember(asha)
    const id = await story.aBooking(ravi)
    const payment = await story.paid(ravi, id, cash(5_000))
    await api.settle()
    expect(await story.read(ravi, id)).toMatchObject({ status: 'pending', total_paid: '0.00' })
    expect((await story.wallet(asha)).balance).toBe('0.00')
    expect(await api.deps.db.read.journalEntry.count({ where: { key: `payment:${payment}` } })).toBe(0)
    api.clock.advance(60_000)
    const { body } = await story.confirm(staff, payment).expect(200)
    expect(body).toMatchObject({ id: payment, status: 'completed', completed_at: api.clock.now().toISOString() })
    expect(await story.read(ravi, id)).toMatchObject({ status: 'active', total_paid: '5000.00' })
    await api.settle()
    expect((await story.wallet(asha)).balance).toBe('250.00')
    expect(await story.noticesOf(ravi)).toContain('Payment received')
    expect((await api.auditLines()).at(-1)).toMatchObject({
      actorId: staff.id,
      action: 'payment.confirmed',
      subjectId: String(payment),
    })
    expect((await story.confirm(staff, payment).expect(409)).body).toMatchObject({
      code: 'payment.not_pending',
      detail: 'The payment is completed.',
    })
    expect((await story.fail(staff, payment).expect(409)).body.code).toBe('payment.not_pending')
  })

  test('a failed payment counts nowhere, tells its reason, and cannot be confirmed', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi)
    const payment = await story.paid(ravi, id, { ...cash(600), payment_method: 'bank_transfer' })
    const { body } = await story.fail(staff, payment).expect(200)
    expect(body).toMatchObject({ status: 'failed', completed_at: null, notes: 'No such transfer' })
    expect((await story.confirm(staff, payment).expect(409)).body.code).toBe('payment.not_pending')
    expect((await story.read(ravi, id)).total_paid).toBe('0.00')
    expect(await story.noticesOf(ravi)).toContain('Payment failed')
    expect((await api.auditLines()).at(-1)).toMatchObject({ action: 'payment.failed', actorId: staff.id })
  })

  test('nobody reviews their own, and members review none', async () => {
    const own = await story.paid(staff, await story.aBooking(staff), cash(600))
    expect((await story.confirm(staff, own).expect(403)).body.code).toBe('payment.own')
    expect((await story.fail(staff, own).expect(403)).body.code).toBe('payment.own')
    const ravi = await api.aMember()
    const payment = await story.paid(ravi, await story.aBooking(ravi), cash(600))
    await story.confirm(ravi, payment).expect(403)
    await story.fail(ravi, payment).expect(403)
    expect((await story.confirm(staff, 999_999).expect(404)).body.code).toBe('payment.not_found')
    expect((await story.fail(staff, 999_999).expect(404)).body.code).toBe('payment.not_found')
  })

  test('what a booking can take is checked again when a payment is confirmed', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi, {}, { price: 1_000 })
    const [late, alsoLate] = [await story.paid(ravi, id, cash(800)), await story.paid(ravi, id, cash(100))]
    await story.paid(ravi, id, online(300))
    expect((await story.confirm(staff, late).expect(400)).body.code).toBe('payment.exceeds_remaining')
    await story.paid(ravi, id, online(700))
    expect((await story.confirm(staff, alsoLate).expect(409)).body.code).toBe('booking.closed')
    expect((await story.read(ravi, id)).total_paid).toBe('1000.00')
    expect((await api.get(`/api/booking/payments/${late}/`, ravi)).body.status).toBe('pending')
  })

  test('twenty confirmations, with and without one key, count once', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi)
    const [first, second] = [await story.paid(ravi, id, cash(600)), await story.paid(ravi, id, cash(700))]
    const answers = await Promise.all(times(20, () => story.confirm(staff, first)))
    expect(story.countStatuses(answers)).toEqual({ 200: 1, 409: 19 })
    const mixed = await Promise.all(times(20, (n) => (n % 2 ? story.confirm : story.fail)(staff, second, `${n % 2}`)))
    expect(mixed.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
    const { status } = (await api.get(`/api/booking/payments/${second}/`, ravi)).body
    expect((await story.read(ravi, id)).total_paid).toBe(status === 'completed' ? '1300.00' : '600.00')
  })

  test('several reported payments that exceed the booking together are confirmed as far as it takes them', async () => {
    const ravi = await api.aMember()
    const id = await story.aBooking(ravi, {}, { price: 1_000 })
    const reported = await Promise.all(times(6, () => story.paid(ravi, id, cash(300))))
    const answers = await Promise.all(reported.map((payment) => story.confirm(staff, payment)))
    expect(story.countStatuses(answers)).toEqual({ 200: 3, 400: 3 })
    expect((await story.read(ravi, id)).total_paid).toBe('900.00')
  })
})
