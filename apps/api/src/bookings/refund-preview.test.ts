import { plans } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { defaultPlan, parseRupees } from '@ev/domain'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
import { type BookingStories, bookingStories, online } from './testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let story: BookingStories
  async function begin() {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
    story = bookingStories(api)
  }
  beforeAll(begin)
  afterEach(() => api.expectSettledClean())

  const previewOf = async (payment: number, query = '') =>
    (await api.get(`/api/booking/payments/${payment}/refund_preview/${query}`, admin).expect(200)).body
  const cancelPreviewOf = async (booking: number) =>
    (await api.get(`/api/booking/bookings/${booking}/cancel_preview/`, admin).expect(200)).body

  /** Everything that a preview speaks of, as it stands: the member, the referrer, the booking, and the pairs. */
  async function standing({ member, referrer, booking }: { member: Caller; referrer: Caller; booking: number }) {
    await api.settle()
    const { status, total_paid, remaining_amount } = await story.read(member, booking)
    return {
      member: await story.wallet(member),
      referrer: await story.wallet(referrer),
      booking: { status, total_paid, remaining_amount },
      isActiveBuyer: await story.isActiveBuyer(member),
      reversedPairs: await api.deps.db.read.pair.count({ where: { reversedAt: { not: null } } }),
      entries: await api.deps.db.read.journalEntry.count(),
    }
  }

  /** Does what was previewed, and expects of the difference what the preview had said. */
  async function expectSo(
    preview: Awaited<ReturnType<typeof previewOf>>,
    who: { member: Caller; referrer: Caller; booking: number },
    act: () => Promise<unknown>,
  ) {
    const before = await standing(who)
    await act()
    const after = await standing(who)
    const gain = (person: 'member' | 'referrer', figure: string) =>
      parseRupees(after[person][figure]) - parseRupees(before[person][figure])
    const sumOf = (figure: string) =>
      preview.bonuses.reduce((sum: bigint, one: Record<string, string>) => sum + parseRupees(one[figure]!), 0n)
    expect({
      toWallet: parseRupees(preview.to_wallet),
      recovered: parseRupees(preview.recovered),
      reserve: parseRupees(preview.to_emi_reserve),
      fromReferrer: sumOf('from_wallet'),
      owed: sumOf('becomes_owed'),
      booking: { ...preview.booking, id: undefined, booking_number: undefined },
      standing: [preview.is_active_buyer, preview.stays_active_buyer],
      pairs: preview.pairs_at_risk,
    }).toEqual({
      toWallet: gain('member', 'balance'),
      recovered: -gain('member', 'recoverable'),
      reserve: gain('member', 'emi_reserve'),
      fromReferrer: -gain('referrer', 'balance'),
      owed: gain('referrer', 'recoverable'),
      booking: { ...after.booking, id: undefined, booking_number: undefined },
      standing: [before.isActiveBuyer, after.isActiveBuyer],
      pairs: after.reversedPairs - before.reversedPairs,
    })
    return { before, after }
  }

  /** A member with two payments, the referrer of which has spent a part of the bonus. */
  async function aBookingWithABonus() {
    const referrer = await api.aMember()
    const member = await api.aMember(referrer)
    const booking = await story.aBooking(member)
    const first = await story.paid(member, booking, online('5000.01'))
    const second = await story.paid(member, booking, online('333.33'))
    await api.settle()
    await story.pay(referrer, await story.aBooking(referrer), { amount: 100, payment_method: 'wallet' }).expect(201)
    return { member, referrer, booking, first, second }
  }

  describe('what a refund would bring about', () => {
    test('is what the refund then does, of a part and of what is left', async () => {
      const { first, ...who } = await aBookingWithABonus()
      const part = await previewOf(first, '?amount=1234.56')
      expect(part).toMatchObject({ amount: '1234.56', is_active_buyer: true, stays_active_buyer: false })
      await expectSo(part, who, () => story.refund(admin, first, { amount: '1234.56' }).expect(200))
      const rest = await previewOf(first)
      expect(rest).toMatchObject({ amount: '3765.45', booking: { status: 'active', total_paid: '333.33' } })
      expect(rest.bonuses[0].becomes_owed).not.toBe('0.00')
      await expectSo(rest, who, () => story.refund(admin, first).expect(200))
    })

    test('tells what pays off a debt of the member first', async () => {
      const { first, member, referrer, second } = await aBookingWithABonus()
      const own = await story.paid(referrer, await story.aBooking(referrer), online(700))
      await story.refund(admin, first).expect(200)
      expect((await story.wallet(referrer)).recoverable).not.toBe('0.00')
      const preview = await previewOf(own)
      expect(preview.recovered).not.toBe('0.00')
      const booking = (await api.get(`/api/booking/payments/${own}/`, admin)).body.booking
      await expectSo(preview, { member: referrer, referrer: member, booking }, () =>
        story.refund(admin, own).expect(200),
      )
      expect((await previewOf(second)).bonuses).toHaveLength(1)
    })

    test('writes nothing', async () => {
      const { first, ...who } = await aBookingWithABonus()
      const before = await standing(who)
      await previewOf(first)
      await cancelPreviewOf(who.booking)
      expect(await standing(who)).toEqual(before)
    })

    test('is refused as the refund is', async () => {
      const { member, first } = await aBookingWithABonus()
      const refused = async (payment: number, query: string) =>
        (await api.get(`/api/booking/payments/${payment}/refund_preview/${query}`, admin)).body.code
      expect(await refused(first, '?amount=5000.02')).toBe('payment.refund_exceeds')
      expect(await refused(first, '?amount=0')).toBe('payment.not_positive')
      expect(await refused(first, '?amount=much')).toBe('validation.failed')
      expect(await refused(999_999, '')).toBe('payment.not_found')
      expect(await refused(await story.paid(admin, await story.aBooking(admin), online(600)), '')).toBe('payment.own')
      await api.get(`/api/booking/payments/${first}/refund_preview/`, member).expect(403)
      await api.get(`/api/booking/payments/${first}/refund_preview/`, await api.aColleague('staff')).expect(403)
    })
  })

  describe('what cancelling would bring about', () => {
    test('is what the cancellation then does, after a part was refunded', async () => {
      const { first, second: _, ...who } = await aBookingWithABonus()
      await story.refund(admin, first, { amount: '1000.00' }).expect(200)
      const preview = await cancelPreviewOf(who.booking)
      expect(preview).toMatchObject({ amount: '4333.34', booking: { status: 'cancelled', total_paid: '0.00' } })
      expect(preview.bonuses).toHaveLength(2)
      await expectSo(preview, who, () => story.cancel(who.member, who.booking).expect(200))
      const again = await api.get(`/api/booking/bookings/${who.booking}/cancel_preview/`, admin).expect(409)
      expect(again.body.code).toBe('booking.transition_refused')
    })

    test('of a booking without a payment gives nothing back', async () => {
      const member = await api.aMember()
      expect(await cancelPreviewOf(await story.aBooking(member))).toMatchObject({ amount: '0.00', bonuses: [] })
      await api.get(`/api/booking/bookings/1/cancel_preview/`, member).expect(403)
    })
  })

  describe('under a plan by which sales count', () => {
    beforeAll(async () => {
      await begin()
      const now = api.clock.now()
      const plan = { ...defaultPlan, version: 2, pairEligibility: 'qualified_sale' } as const
      await api.deps.db.transaction((tx) => plans.insert(tx, plan, { effectiveFrom: now, createdById: null, now }))
    })

    test('both count the pairs that stand on the member', async () => {
      const referrer = await api.aMember()
      const [left, right] = [await api.aMember(referrer), await api.aMember(referrer)]
      await story.paid(left, await story.aBooking(left), online('5000.00'))
      const booking = await story.aBooking(right)
      const payment = await story.paid(right, booking, online('6000.00'))
      await api.settle()
      expect(await previewOf(payment, '?amount=1000')).toMatchObject({ stays_active_buyer: true, pairs_at_risk: 0 })
      const preview = await previewOf(payment)
      expect(preview).toMatchObject({ pairs_at_risk: 1, pairs_earning: '500.00', pairs: [{ user: referrer.id }] })
      expect(await cancelPreviewOf(booking)).toMatchObject({ pairs_at_risk: 1, amount: '6000.00' })
      await story.refund(admin, payment).expect(200)
      await api.settle()
      const reversed = await api.deps.db.read.pair.findMany({ where: { reversedAt: { not: null } } })
      expect(reversed.map(({ id }) => id)).toEqual(preview.pairs.map(({ id }: { id: number }) => id))
    })
  })
})
