import { randomUUID } from 'node:crypto'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import type { Envelope } from '@ev/messaging'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { type Stories, stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  let story: Stories
  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase()).database)
    story = stories(platform)
  })
  afterEach(async () => {
    await platform.settled()
    await platform.expectClean()
  })

  /** Asha refers Ravi, who has paid ₹500 and then ₹4,500, which confirms the booking; nobody has acted upon it. */
  async function aConfirmedBooking() {
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    await platform.settled()
    const booking = await story.aBooking(ravi.id)
    await story.pay(ravi.id, booking.id, 500)
    await story.pay(ravi.id, booking.id, 4_500)
    const [first, second] = (await platform.messages('payment.completed')).slice(-2)
    const confirmed = (await platform.messages('booking.confirmed')).at(-1)!
    const balance = async () => (await story.walletOf(asha.id)).balance
    return { asha, ravi, booking, first: first!, second: second!, confirmed, balance }
  }

  /** What the member's statement says of referral bonuses; that its balances add up is for the verifier. */
  async function bonusesOf(userId: number): Promise<bigint[]> {
    const where = { userId, transactionType: 'REFERRAL_BONUS' } as const
    const lines = await platform.deps.db.read.walletTransaction.findMany({ where, orderBy: { id: 'asc' } })
    return lines.map(({ amount }) => amount)
  }

  test('whichever message comes first credits every payment of the booking, and the others find nothing to do', async () => {
    for (const order of [
      [2, 0, 1],
      [1, 2, 0],
      [0, 1, 2],
    ]) {
      const { first, second, confirmed, balance, booking } = await aConfirmedBooking()
      const messages = [first, second, confirmed]
      for (const at of order) {
        await platform.deliver('payments.credit-referral', messages[at]!)
        expect(await balance()).toBe(rupees(250))
      }
      expect(await platform.deps.db.read.referralBonus.count({ where: { bookingId: booking.id } })).toBe(2)
    }
  })

  test('all messages of a booking at the same moment, five times each, credit each payment once', async () => {
    const { first, second, confirmed, balance } = await aConfirmedBooking()
    const told = await story.outboxOf('referral.credited')
    const copies = times(5, () => [first, second, confirmed]).flat()
    await Promise.all(copies.map((message) => platform.deliver('payments.credit-referral', message)))
    expect(await balance()).toBe(rupees(250))
    expect(await story.outboxOf('referral.credited')).toBe(told + 2)
  })

  test('messages of many bookings in one batch credit each payment once, and one that fails harms only itself', async () => {
    const asha = await platform.aMember()
    const meena = await platform.aMember()
    const members = []
    for (const referrer of [asha, meena, asha, meena, asha]) members.push(await platform.aMember(referrer.id))
    await platform.settled()
    for (const { id } of members) {
      const booking = await story.aBooking(id)
      await story.pay(id, booking.id, 2_000)
      await story.pay(id, booking.id, 3_000)
    }
    const messages = [
      ...(await platform.messages('payment.completed')).slice(-10),
      ...(await platform.messages('booking.confirmed')).slice(-5),
    ]
    const poison = { ...messages[3]!, id: randomUUID(), payload: { paymentId: 999_999_999 } } as Envelope
    const batch = [...messages.slice(0, 7), poison, ...messages.slice(7), messages[0]!]
    const outcomes = await platform.offer('payments.credit-referral', batch)
    expect(outcomes.map(({ kind }) => kind)).toEqual(batch.map((message) => (message === poison ? 'park' : 'done')))
    await platform.deliver('payments.credit-referral', ...messages.toReversed())
    expect((await bonusesOf(asha.id)).toSorted()).toEqual(
      [100, 100, 100, 150, 150, 150].map((amount) => rupees(amount)),
    )
    expect(await bonusesOf(meena.id)).toHaveLength(4)
  })

  test('batches at the same moment, of bookings of one referrer in opposite orders, credit each payment once', async () => {
    const asha = await platform.aMember()
    const bookings = []
    for (const _ of times(6, () => null)) {
      const { id } = await platform.aMember(asha.id)
      await platform.settled()
      const booking = await story.aBooking(id)
      await story.pay(id, booking.id, 5_000)
      bookings.push(booking)
    }
    const messages = (await platform.messages('payment.completed')).slice(-6)
    const batches = times(4, (n) => (n % 2 === 0 ? messages : messages.toReversed()))
    await Promise.all(batches.map((batch) => platform.deliver('payments.credit-referral', ...batch)))
    expect(await bonusesOf(asha.id)).toEqual(times(6, () => rupees(250)))
  })

  test('a payment of a booking that is not confirmed yet earns nothing', async () => {
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const booking = await story.aBooking(ravi.id)
    await story.pay(ravi.id, booking.id, 4_999)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(0n)
  })

  test("the booking's referrer comes before the member's own, and nobody refers themselves", async () => {
    const [asha, meena] = [await platform.aMember(), await platform.aMember()]
    const ravi = await platform.aMember(asha.id)
    await expect(story.aBooking(ravi.id, { referralCode: ravi.referralCode })).rejects.toMatchObject({
      code: 'user.self_referral',
    })
    const booking = await story.aBooking(ravi.id, { referralCode: meena.referralCode })
    await story.pay(ravi.id, booking.id, 5_000)
    await platform.settled()
    expect((await story.walletOf(meena.id)).totalEarned).toBe(rupees(250))
    expect((await story.walletOf(asha.id)).totalEarned).toBe(0n)
  })

  test('a payment from the wallet earns a bonus, an EMI deduction does not', async () => {
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    await story.changePlan({ gracePairs: 0 })
    const booking = await story.aBooking(ravi.id, { emiMonths: 12 })
    for (let n = 0; n < 2; n += 1) await platform.aMember(ravi.id)
    await platform.settled()
    // The pair's 20 % has reached the booking; the rest of what confirms it comes from the wallet.
    expect((await story.bookingOf(booking.id)).totalPaid).toBe(rupees(100))
    await story.fund(ravi.id, 4_600)
    await story.pay(ravi.id, booking.id, 5_000, { method: 'wallet' })
    await platform.settled()
    const bonuses = await platform.deps.db.read.referralBonus.findMany({ where: { bookingId: booking.id } })
    expect(bonuses.map(({ amount }) => amount)).toEqual([rupees(250)])
  })
})
