import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, notAmounts, type TestApi } from '../testing/an-api.ts'
import { type BookingStories, bookingStories, cash, online } from './testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let story: BookingStories
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
    story = bookingStories(api)
  })
  afterEach(() => api.expectSettledClean())

  describe('a refund', () => {
    test('of the whole gives everything back: booking, wallet, standing, and the bonus to the last paisa', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const id = await story.aBooking(ravi)
      const payment = await story.paid(ravi, id, online('5000.01'))
      await api.settle()
      expect(await story.wallet(asha)).toMatchObject({ balance: '250.00', total_earned: '250.00' })
      expect(await story.isActiveBuyer(ravi)).toBe(true)

      const { body } = await story.refund(admin, payment).expect(200)
      expect(body).toMatchObject({ id: payment, status: 'refunded', amount: '5000.01', refunded_amount: '5000.01' })
      expect(await story.read(ravi, id)).toMatchObject({
        status: 'active',
        total_paid: '0.00',
        remaining_amount: '100000.00',
        confirmed_at: '2026-11-20T06:00:00.000Z',
      })
      expect(await story.wallet(ravi)).toMatchObject({ balance: '5000.01', total_earned: '0.00' })
      expect(await story.wallet(asha)).toMatchObject({ balance: '0.00', total_earned: '0.00', recoverable: '0.00' })
      expect(await story.statement(asha)).toEqual([
        ['REVERSAL', '-250.00'],
        ['REFERRAL_BONUS', '250.00'],
      ])
      expect(await story.isActiveBuyer(ravi)).toBe(false)
      expect(await story.noticesOf(ravi)).toContain('Payment refunded')
      const reversal = await api.deps.db.read.journalEntry.findUniqueOrThrow({
        where: { key: `referral-reversal:payment:${payment}` },
        include: { reverses: true },
      })
      expect(reversal.reverses?.key).toBe(`referral:payment:${payment}`)
    })

    test('in parts goes up to what was paid, and the bonus follows in proportion', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const id = await story.aBooking(ravi)
      const payment = await story.paid(ravi, id, online('5000.01'))
      await api.settle()
      expect((await story.refund(admin, payment, { amount: '3333.33' }).expect(200)).body).toMatchObject({
        status: 'completed',
        refunded_amount: '3333.33',
      })
      expect((await story.wallet(asha)).balance).toBe('83.33')
      const tooMuch = await story.refund(admin, payment, { amount: '1666.69' }).expect(409)
      expect(tooMuch.body).toMatchObject({
        code: 'payment.refund_exceeds',
        detail: 'At most ₹1666.68 can be given back.',
      })
      await story.refund(admin, payment, { amount: '0.07' }).expect(200)
      await story.refund(admin, payment).expect(200)
      expect((await story.wallet(asha)).balance).toBe('0.00')
      expect((await story.wallet(ravi)).balance).toBe('5000.01')
      expect((await story.refund(admin, payment).expect(409)).body.code).toBe('payment.refund_exceeds')
      expect((await story.refund(admin, payment, { amount: '0.01' }).expect(409)).body.code).toBe(
        'payment.refund_exceeds',
      )
    })

    test('claws the bonus back from a referrer who has spent it: it is owed, and later credits pay it', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const first = await story.aBooking(ravi)
      const payment = await story.paid(ravi, first, online(10_000))
      await api.settle()
      const own = await story.aBooking(asha)
      await story.pay(asha, own, { amount: 500, payment_method: 'wallet' }).expect(201)
      await story.refund(admin, payment).expect(200)
      expect(await story.wallet(asha)).toMatchObject({ balance: '0.00', recoverable: '500.00', total_earned: '0.00' })
      const second = await story.aBooking(ravi)
      await story.pay(ravi, second, online(12_000)).expect(201)
      await api.settle()
      expect(await story.wallet(asha)).toMatchObject({ balance: '100.00', recoverable: '0.00', total_earned: '600.00' })
    })

    test('before the bonus was credited leaves a bonus on what is left only', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const id = await story.aBooking(ravi)
      const payment = await story.paid(ravi, id, online(6_000))
      await story.refund(admin, payment, { amount: 4_000 }).expect(200)
      await api.settle()
      expect((await story.wallet(asha)).balance).toBe('100.00')
      await story.refund(admin, payment).expect(200)
      expect((await story.wallet(asha)).balance).toBe('0.00')
    })

    test('of a completed booking leaves it completed and closed to payments, its instalments laid out anew', async () => {
      const ravi = await api.aMember()
      const emi = { payment_option: 'emi_options', emi_duration_months: 3 }
      const id = await story.aBooking(ravi, emi, { price: 6_500 })
      await story.paid(ravi, id, online(500))
      const payment = await story.paid(ravi, id, online(6_000))
      expect(await story.read(ravi, id)).toMatchObject({ status: 'completed', emi_paid_count: 3 })
      await story.refund(admin, payment, { amount: 3_000 }).expect(200)
      expect(await story.read(ravi, id)).toMatchObject({
        status: 'completed',
        next_statuses: [],
        total_paid: '3500.00',
        emi_paid_count: 1,
        completed_at: '2026-11-20T06:00:00.000Z',
      })
      const { body } = await api.get(`/api/booking/bookings/${id}/emi_schedule/`, ravi).expect(200)
      expect(body.instalments.map((one: { status: string }) => one.status)).toEqual(['paid', 'partial', 'pending'])
      expect((await story.pay(ravi, id, online(1)).expect(409)).body.code).toBe('booking.closed')
    })

    test('of a payment from the wallet goes back into it', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const first = await story.paid(ravi, id, online(600))
      await story.refund(admin, first).expect(200)
      const second = await story.paid(ravi, id, { amount: 600, payment_method: 'wallet' })
      expect((await story.wallet(ravi)).balance).toBe('0.00')
      await story.refund(admin, second, { amount: 250 }).expect(200)
      expect((await story.wallet(ravi)).balance).toBe('250.00')
      expect((await story.statement(ravi))[0]).toEqual(['REFUND', '250.00'])
    })

    test('of what does not count, of nothing, or of one’s own is refused', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const pending = await story.paid(ravi, id, cash(600))
      expect((await story.refund(admin, pending).expect(409)).body.code).toBe('payment.refund_exceeds')
      const payment = await story.paid(ravi, id, online(600))
      expect((await story.refund(admin, payment, { amount: 0 }).expect(400)).body.code).toBe('payment.not_positive')
      for (const amount of notAmounts.filter((one) => one !== null)) {
        const { body } = await story.refund(admin, payment, { amount }).expect(400)
        expect(Object.keys(body.errors)).toEqual(['amount'])
      }
      const noReason = await api.post(`/api/booking/payments/${payment}/refund/`, admin, { amount: 1 }).expect(400)
      expect(Object.keys(noReason.body.errors)).toEqual(['reason'])
      expect((await story.refund(admin, 999_999).expect(404)).body.code).toBe('payment.not_found')
      const own = await story.paid(admin, await story.aBooking(admin), online(600))
      expect((await story.refund(admin, own).expect(403)).body.code).toBe('payment.own')
      await story.refund(await api.aColleague('staff'), payment).expect(403)
      await story.refund(ravi, payment).expect(403)
      expect((await story.wallet(ravi)).balance).toBe('0.00')
    })

    test('is written into the audit log', async () => {
      const ravi = await api.aMember()
      const payment = await story.paid(ravi, await story.aBooking(ravi), online(600))
      await story.refund(admin, payment, { amount: 100 }).expect(200)
      expect((await api.auditLines()).at(-1)).toMatchObject({
        actorId: admin.id,
        action: 'payment.refunded',
        subjectId: String(payment),
        details: expect.objectContaining({ amount: '100.00' }),
      })
    })
  })

  describe('in parallel', () => {
    test('twenty refunds of the whole give back once', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const payment = await story.paid(ravi, await story.aBooking(ravi), online(5_000))
      await api.settle()
      const answers = await Promise.all(times(20, () => story.refund(admin, payment)))
      expect(story.countStatuses(answers)).toEqual({ 200: 1, 409: 19 })
      expect(await api.deps.db.read.refund.count({ where: { paymentId: payment } })).toBe(1)
      expect((await story.wallet(ravi)).balance).toBe('5000.00')
    })

    test('partial refunds never give back more than was paid', async () => {
      const ravi = await api.aMember()
      const payment = await story.paid(ravi, await story.aBooking(ravi), online(1_000))
      const answers = await Promise.all(times(20, () => story.refund(admin, payment, { amount: 300 })))
      expect(story.countStatuses(answers)).toEqual({ 200: 3, 409: 17 })
      expect((await story.wallet(ravi)).balance).toBe('900.00')
    })

    test('twenty with one key give back once, and its answer stays', async () => {
      const ravi = await api.aMember()
      const payment = await story.paid(ravi, await story.aBooking(ravi), online(1_000))
      const refund = () => story.refund(admin, payment, { amount: 100 }, 'refund')
      const answers = await Promise.all(times(20, refund))
      for (const { status, body } of answers) {
        if (status !== 200) expect([status, body.code]).toEqual([409, 'idempotency.in_progress'])
      }
      const again = await refund().expect(200)
      expect([again.headers['idempotency-replayed'], again.body.refunded_amount]).toEqual(['true', '100.00'])
      const other = await story.refund(admin, payment, { amount: 101 }, 'refund').expect(409)
      expect(other.body.code).toBe('idempotency.key_reused')
      const elsewhere = await story
        .refund(await api.aColleague('admin'), payment, { amount: 100 }, 'refund')
        .expect(200)
      expect(elsewhere.body.refunded_amount).toBe('200.00')
    })

    test('refunds, payments, cancellations and bonuses meet without losing or making a paisa', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const ids = await Promise.all(times(4, () => story.aBooking(ravi)))
      const paid = await Promise.all(ids.map((id) => story.paid(ravi, id, online(5_000))))
      const stop = api.handleAtOnce()
      const answers = await Promise.all([
        ...paid.flatMap((payment) => times(3, () => story.refund(admin, payment, { amount: 1_700 }))),
        ...ids.map((id) => story.pay(ravi, id, online(2_500))),
        ...ids.slice(0, 2).map((id) => story.cancel(ravi, id)),
        api.settle().then(() => ({ status: 200 })),
      ])
      stop()
      expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([])
      for (const id of ids.slice(0, 2)) expect(await story.read(ravi, id)).toMatchObject({ status: 'cancelled' })
    })
  })
})
