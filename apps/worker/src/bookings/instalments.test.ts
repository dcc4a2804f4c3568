import { markOverdue } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees, startOfIstDay } from '@ev/domain'
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

  const instalmentsOf = (bookingId: number) =>
    platform.deps.db.read.instalment.findMany({ where: { bookingId }, orderBy: { number: 'asc' } })
  const statesOf = async (bookingId: number) =>
    (await instalmentsOf(bookingId)).map(({ paidAmount, status }) => [paidAmount, status])

  test('money fills the booking amount first, then the oldest instalment; the last takes the rest', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id, { price: 10_500, emiMonths: 3 })
    expect((await instalmentsOf(booking.id)).map(({ amount }) => amount)).toEqual([333_333n, 333_333n, 333_334n])
    await story.pay(ravi.id, booking.id, 400)
    expect(await statesOf(booking.id)).toEqual([
      [0n, 'pending'],
      [0n, 'pending'],
      [0n, 'pending'],
    ])
    await story.pay(ravi.id, booking.id, 3_433)
    expect(await statesOf(booking.id)).toEqual([
      [333_300n, 'partial'],
      [0n, 'pending'],
      [0n, 'pending'],
    ])
    expect((await story.bookingOf(booking.id)).emiPaidCount).toBe(0)
    await story.pay(ravi.id, booking.id, 3_334)
    expect(await statesOf(booking.id)).toEqual([
      [333_333n, 'paid'],
      [333_333n, 'paid'],
      [34n, 'partial'],
    ])
    expect(await story.bookingOf(booking.id)).toMatchObject({ emiPaidCount: 2, status: 'active' })
    await story.pay(ravi.id, booking.id, 3_333)
    expect(await story.bookingOf(booking.id)).toMatchObject({ emiPaidCount: 3, status: 'completed' })
    expect((await instalmentsOf(booking.id)).every(({ paidAt }) => paidAt !== null)).toBe(true)
  })

  test('a deduction that is more than the oldest booking owes goes on into the next', async () => {
    const asha = await platform.aMember()
    const oldest = await story.aBooking(asha.id, { price: 1_000, emiMonths: 2 })
    const next = await story.aBooking(asha.id, { price: 50_000, emiMonths: 2 })
    await story.pay(asha.id, oldest.id, 950)
    for (let n = 0; n < 13; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    // The sixth pair deducts ₹100.
    expect(await story.bookingOf(oldest.id)).toMatchObject({ status: 'completed', totalPaid: rupees(1_000) })
    expect((await story.bookingOf(next.id)).totalPaid).toBe(rupees(50))
    expect((await story.walletOf(asha.id)).emiReserve).toBe(0n)
  })

  test('an instalment is overdue from the day after it was due in India, the member is told once, and paying ends it', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id, { price: 10_500, emiMonths: 2, emiStart: '2026-11-25' })
    await story.pay(ravi.id, booking.id, 5_000)
    platform.clock.set(new Date(startOfIstDay('2026-11-26').getTime() - 1))
    await markOverdue(platform.deps)
    expect(await statesOf(booking.id)).toEqual([
      [450_000n, 'partial'],
      [0n, 'pending'],
    ])
    platform.clock.advance(1)
    expect(await Promise.all([markOverdue(platform.deps), markOverdue(platform.deps)])).toSatisfy(
      (marked: number[]) => marked[0]! + marked[1]! === 1,
    )
    expect(await markOverdue(platform.deps)).toBe(0)
    expect((await statesOf(booking.id))[0]).toEqual([450_000n, 'overdue'])
    await platform.settled()
    const notes = await platform.deps.db.read.notification.findMany({
      where: { userId: ravi.id, notificationType: 'emi' },
    })
    expect(notes.map(({ message }) => message)).toEqual([
      `Instalment 1 of booking ${booking.bookingNumber} was due on 25 Nov 2026; ₹500.00 are open.`,
    ])
    await story.pay(ravi.id, booking.id, 100)
    expect((await statesOf(booking.id))[0]).toEqual([460_000n, 'overdue'])
    expect(await markOverdue(platform.deps)).toBe(0)
    await story.pay(ravi.id, booking.id, 400)
    expect((await statesOf(booking.id))[0]).toEqual([500_000n, 'paid'])
    expect((await story.bookingOf(booking.id)).totalPaid).toBe(rupees(5_500))
  })
})
