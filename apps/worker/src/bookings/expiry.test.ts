import { expireBookings } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { manualClock } from '@ev/runtime'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { outcomes, type Stories, stories } from '../testing/stories.ts'

const days = (n: number) => n * 86_400_000

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

  const stockOf = async (id: number) =>
    (await platform.deps.db.read.vehicle.findUniqueOrThrow({ where: { id } })).stockQuantity
  const isActiveBuyer = async (id: number) =>
    (await platform.deps.db.read.user.findUniqueOrThrow({ where: { id } })).isActiveBuyer

  test('the last unit goes to one of twenty simultaneous bookings', async () => {
    const vehicle = await story.aVehicle({ stock: 1 })
    const members = []
    for (let n = 0; n < 20; n += 1) members.push(await platform.aMember())
    const { kept, refused } = await outcomes(members.map(({ id }) => story.book(id, vehicle.id)))
    expect(kept).toHaveLength(1)
    expect(refused).toEqual(times(19, () => 'vehicle.out_of_stock'))
    expect(await stockOf(vehicle.id)).toBe(0)
    expect(
      await platform.deps.db.read.stockMovement.count({ where: { vehicleId: vehicle.id, reason: 'reservation' } }),
    ).toBe(1)
  })

  test('an expired booking is refunded to the wallet and gives its unit back once, however often the schedule runs', async () => {
    const vehicle = await story.aVehicle({ stock: 1 })
    const ravi = await platform.aMember()
    const booking = await story.book(ravi.id, vehicle.id)
    await story.pay(ravi.id, booking.id, 4_999)
    platform.clock.advance(days(30) - 1)
    await expireBookings(platform.deps)
    expect((await story.bookingOf(booking.id)).status).toBe('pending')
    platform.clock.advance(1)
    expect((await outcomes(times(4, () => expireBookings(platform.deps)))).refused).toEqual([])
    await expireBookings(platform.deps)
    expect(await story.bookingOf(booking.id)).toMatchObject({ status: 'expired', totalPaid: 0n })
    expect(await story.walletOf(ravi.id)).toMatchObject({ balance: rupees(4_999), totalEarned: 0n })
    expect(await stockOf(vehicle.id)).toBe(1)
    const told = (await platform.messages('booking.expired')).filter(
      ({ payload }) => 'bookingId' in payload && payload.bookingId === booking.id,
    )
    expect(told).toHaveLength(1)
    await expect(story.pay(ravi.id, booking.id, 1)).rejects.toMatchObject({ code: 'booking.expired' })
  })

  test('the one who was an Active Buyer by several bookings is none any more when one of them expires', async () => {
    const ravi = await platform.aMember()
    const [first, second] = [await story.aBooking(ravi.id), await story.aBooking(ravi.id)]
    await story.pay(ravi.id, first.id, 3_000)
    await story.pay(ravi.id, second.id, 3_000)
    expect(await isActiveBuyer(ravi.id)).toBe(true)
    platform.clock.advance(days(30))
    await expireBookings(platform.deps)
    expect(await isActiveBuyer(ravi.id)).toBe(false)
    expect((await story.walletOf(ravi.id)).balance).toBe(rupees(6_000))
  })

  test('a confirmed booking does not expire', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id)
    await story.pay(ravi.id, booking.id, 5_000)
    platform.clock.advance(days(31))
    await expireBookings(platform.deps)
    expect(await story.bookingOf(booking.id)).toMatchObject({ status: 'active', totalPaid: rupees(5_000) })
  })

  test('a payment past the expiry is refused before the schedule has noticed, and nothing changes', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id)
    platform.clock.advance(days(30))
    const before = await story.bookingOf(booking.id)
    const told = await platform.deps.db.read.outboxMessage.count()
    await expect(story.pay(ravi.id, booking.id, 500)).rejects.toMatchObject({ code: 'booking.expired' })
    expect(await story.bookingOf(booking.id)).toEqual(before)
    expect(await platform.deps.db.read.payment.count({ where: { bookingId: booking.id } })).toBe(0)
    expect(await platform.deps.db.read.outboxMessage.count()).toBe(told)
  })

  test('a payment in the last moment and the expiry end in one or the other', async () => {
    const ravi = await platform.aMember()
    const late = manualClock(platform.clock.now())
    late.advance(days(30))
    const bookings = await Promise.all(times(6, () => story.aBooking(ravi.id)))
    const expiry = outcomes(times(2, () => expireBookings({ ...platform.deps, clock: late })))
    const { kept, refused } = await outcomes(bookings.map(({ id }) => story.pay(ravi.id, id, 5_000)))
    expect((await expiry).refused).toEqual([])
    expect(kept.length + refused.length).toBe(6)
    expect(new Set(['booking.expired', ...refused])).toEqual(new Set(['booking.expired']))
    const after = await Promise.all(bookings.map(({ id }) => story.bookingOf(id)))
    expect(after.filter(({ status, totalPaid }) => status === 'active' && totalPaid === rupees(5_000))).toHaveLength(
      kept.length,
    )
    expect(after.filter(({ status, totalPaid }) => status === 'expired' && totalPaid === 0n)).toHaveLength(
      refused.length,
    )
    platform.clock.advance(days(30))
  })
})
