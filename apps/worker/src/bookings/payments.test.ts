import { makePayment } from '@ev/application'
import { eachDatabase, quietLog } from '@ev/db/testing'
import { rupees, shareOf } from '@ev/domain'
import { times } from '@ev/testing'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { actor, outcomes, type Stories, stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  let story: Stories
  const reruns: object[] = []
  const log = { ...quietLog, info: (facts: object) => void reruns.push(facts) }
  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase({ log })).database)
    story = stories(platform)
  })
  beforeEach(() => {
    reruns.length = 0
  })
  afterEach(async () => {
    await platform.settled()
    await platform.expectClean()
  })

  const paymentsOf = (bookingId: number) => platform.deps.db.read.payment.count({ where: { bookingId } })

  test('of twenty simultaneous payments of ₹100 the ten succeed for which something is left to pay', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id, { price: 1_000 })
    const told = await story.outboxOf('payment.completed')
    const { kept, refused } = await outcomes(times(20, () => story.pay(ravi.id, booking.id, 100)))
    expect(kept).toHaveLength(10)
    expect(new Set(refused)).toEqual(new Set(['booking.closed']))
    expect(await story.bookingOf(booking.id)).toMatchObject({ totalPaid: rupees(1_000), status: 'completed' })
    expect(await paymentsOf(booking.id)).toBe(10)
    expect(await story.outboxOf('payment.completed')).toBe(told + 10)
  })

  test('payments that do not fit one by one leave what is left untouched', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id, { price: 1_000 })
    const { kept, refused } = await outcomes(times(5, () => story.pay(ravi.id, booking.id, 300)))
    expect(kept).toHaveLength(3)
    expect(refused).toEqual(['payment.exceeds_remaining', 'payment.exceeds_remaining'])
    expect(await story.bookingOf(booking.id)).toMatchObject({ totalPaid: rupees(900), status: 'pending' })
  })

  test('simultaneous payments of two bookings make a member an Active Buyer once', async () => {
    const ravi = await platform.aMember()
    const first = await story.aBooking(ravi.id)
    const second = await story.aBooking(ravi.id)
    const told = await story.outboxOf('member.qualified')
    const { refused } = await outcomes([
      ...times(3, () => story.pay(ravi.id, first.id, 1_000)),
      ...times(3, () => story.pay(ravi.id, second.id, 1_000)),
    ])
    expect(refused).toEqual([])
    expect(await platform.deps.db.read.user.findUnique({ where: { id: ravi.id } })).toMatchObject({
      isActiveBuyer: true,
    })
    expect(await story.outboxOf('member.qualified')).toBe(told + 1)
    // They wait for each other's locks in one order, so that none has to be run again.
    expect(reruns).toEqual([])
  })

  test('simultaneous payments from one wallet take no more than it has', async () => {
    const ravi = await platform.aMember()
    await story.fund(ravi.id, 1_000)
    const bookings = await Promise.all(times(5, () => story.aBooking(ravi.id)))
    const { kept, refused } = await outcomes(
      bookings.map(({ id }) => story.pay(ravi.id, id, 300, { method: 'wallet' })),
    )
    expect(kept).toHaveLength(3)
    expect(refused).toEqual(['wallet.insufficient', 'wallet.insufficient'])
    expect(await story.walletOf(ravi.id)).toMatchObject({ balance: rupees(100) })
  })

  test('what a payout holds cannot be spent', async () => {
    const ravi = await platform.aMember()
    await story.fund(ravi.id, 1_000)
    await story.askPayout(ravi.id, 800)
    const booking = await story.aBooking(ravi.id)
    await expect(story.pay(ravi.id, booking.id, 201, { method: 'wallet' })).rejects.toMatchObject({
      code: 'wallet.insufficient',
    })
    await story.pay(ravi.id, booking.id, 200, { method: 'wallet' })
    expect(await story.walletOf(ravi.id)).toMatchObject({ balance: rupees(800), held: rupees(800) })
  })

  test('a transaction id counts once, also for another booking and at the same moment', async () => {
    const ravi = await platform.aMember()
    const bookings = await Promise.all(times(4, () => story.aBooking(ravi.id)))
    const { kept, refused } = await outcomes(
      bookings.map(({ id }) => story.pay(ravi.id, id, 500, { transactionId: `UTR-${ravi.id}` })),
    )
    expect(kept).toHaveLength(1)
    expect(refused).toEqual(times(3, () => 'payment.duplicate_transaction'))
    await expect(story.pay(ravi.id, bookings[0]!.id, 500, { transactionId: `UTR-${ravi.id}` })).rejects.toMatchObject({
      code: 'payment.duplicate_transaction',
    })
    expect(await platform.deps.db.read.payment.count({ where: { userId: ravi.id } })).toBe(1)
  })

  test("a member's own cash waits for staff and moves nothing", async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id)
    const command = { bookingId: booking.id, amount: rupees(5_000), method: 'cash', transactionId: null } as const
    const { value } = await makePayment(platform.deps, { ...command, actor: actor(ravi.id), idempotency: null })
    expect(value).toMatchObject({ status: 'pending', completedAt: null })
    expect(await story.bookingOf(booking.id)).toMatchObject({ totalPaid: 0n, status: 'pending' })
    expect(await story.journalOf(`payment:${value.id}`)).toBe(0)
  })

  test('staff cannot confirm their own cash, but may record that of others at once', async () => {
    const staff = await platform.aMember()
    const ravi = await platform.aMember()
    const own = await story.aBooking(staff.id)
    const other = await story.aBooking(ravi.id)
    const cash = (bookingId: number) =>
      makePayment(platform.deps, {
        actor: { userId: staff.id, role: 'staff', isSuperuser: false },
        idempotency: null,
        bookingId,
        amount: rupees(100_000),
        method: 'cash',
        transactionId: null,
      })
    expect((await cash(own.id)).value.status).toBe('pending')
    expect((await story.bookingOf(own.id)).totalPaid).toBe(0n)
    expect((await cash(other.id)).value.status).toBe('completed')
    expect((await story.bookingOf(other.id)).status).toBe('completed')
  })

  test('simultaneous EMI bookings, payouts and wallet payments of one member do not run into each other', async () => {
    const ravi = await platform.aMember()
    await story.fund(ravi.id, 10_000)
    const vehicle = await story.aVehicle({ stock: 100 })
    const first = await story.book(ravi.id, vehicle.id)
    const { kept, refused } = await outcomes<unknown>([
      ...times(10, () => story.book(ravi.id, vehicle.id, { emiMonths: 12 })),
      ...times(10, () => story.askPayout(ravi.id, 10)),
      ...times(10, () => story.pay(ravi.id, first.id, 10, { method: 'wallet' })),
    ])
    expect(refused).toEqual([])
    expect(kept).toHaveLength(30)
    expect(reruns).toEqual([])
  })

  test('nobody pays for another member, whatever the method', async () => {
    const [ravi, other] = [await platform.aMember(), await platform.aMember()]
    const booking = await story.aBooking(ravi.id)
    await expect(story.pay(other.id, booking.id, 500)).rejects.toMatchObject({ code: 'booking.not_found' })
  })

  test('however a price is split, the bonus is the sum of the rounded shares, within a paisa a payment of the whole share', async () => {
    const asha = await platform.aMember()
    const splits = fc.array(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(splits, async (parts) => {
        const ravi = await platform.aMember(asha.id)
        const booking = await story.aBooking(ravi.id, { price: 70_000 })
        const total = rupees(70_000)
        const first = parts.map((part) => BigInt(part))
        const rest = total - first.reduce((sum, part) => sum + part, 0n)
        for (const amount of [...first, rest]) {
          await makePayment(platform.deps, {
            actor: actor(ravi.id),
            idempotency: null,
            bookingId: booking.id,
            amount,
            method: 'online',
            transactionId: null,
          })
        }
        await platform.settled()
        const { _sum } = await platform.deps.db.read.referralBonus.aggregate({
          where: { bookingId: booking.id },
          _sum: { amount: true },
        })
        const bonus = _sum.amount ?? 0n
        const shares = [...first, rest].map((amount) => shareOf(amount, 500))
        expect(bonus).toBe(shares.reduce((sum, part) => sum + part, 0n))
        const whole = shareOf(total, 500)
        const difference = bonus > whole ? bonus - whole : whole - bonus
        expect(difference).toBeLessThanOrEqual(BigInt(shares.length))
      }),
      { numRuns: 5 },
    )
  })
})
