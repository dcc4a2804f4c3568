import { approvePayout } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { times } from '@ev/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aPlatform, type TestPlatform } from './testing/a-platform.ts'
import { actor, outcomes, type Stories, stories } from './testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: TestPlatform
  let story: Stories
  beforeEach(async () => {
    platform = await aPlatform((await makeDatabase()).database)
    story = stories(platform)
  })
  afterEach(() => platform.close())

  test('a referrer earns 5 % of every payment of a confirmed booking, earlier ones included, once', async () => {
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const booking = await story.aBooking(ravi.id)
    await story.pay(ravi.id, booking.id, 500)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(0n)
    await story.pay(ravi.id, booking.id, 4_500)
    await platform.settled()
    expect(await story.walletOf(asha.id)).toMatchObject({ balance: rupees(250), totalEarned: rupees(250) })
    await story.pay(ravi.id, booking.id, 95_000)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(rupees(5_000))
    await platform.expectClean()
  })

  test('pairs are made as members join; from the sixth on 20 % goes to the EMI booking of a member who is no Active Buyer', async () => {
    const asha = await platform.aMember()
    const booking = await story.aBooking(asha.id, { emiMonths: 12 })
    for (let n = 0; n < 14; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    const pairs = await platform.deps.db.read.pair.findMany({ where: { userId: asha.id }, orderBy: { id: 'asc' } })
    expect(pairs.map(({ pairNumber, status }) => [pairNumber, status])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => [n, 'processed']),
    )
    expect(await story.walletOf(asha.id)).toMatchObject({
      balance: rupees(5 * 500 + 2 * 400),
      emiReserve: 0n,
      totalEarned: rupees(3_500),
    })
    const after = await platform.deps.db.read.booking.findUniqueOrThrow({ where: { id: booking.id } })
    expect(after.totalPaid).toBe(rupees(200))
    await platform.expectClean()
  })

  test('a deduction that finds no booking waits in the reserve for the next EMI booking', async () => {
    const asha = await platform.aMember()
    for (let n = 0; n < 13; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    expect(await story.walletOf(asha.id)).toMatchObject({ balance: rupees(2_900), emiReserve: rupees(100) })
    const booking = await story.aBooking(asha.id, { emiMonths: 6 })
    expect(booking.totalPaid).toBe(rupees(100))
    expect((await story.walletOf(asha.id)).emiReserve).toBe(0n)
    await platform.settled()
    await platform.expectClean()
  })

  test('a payout is held, taxed, and fills the EMI; a refused transfer gives the hold back', async () => {
    const admin = await platform.aMember()
    const asha = await platform.aMember()
    const booking = await story.aBooking(asha.id, { emiMonths: 10 })
    const ravi = await platform.aMember(asha.id)
    const bought = await story.aBooking(ravi.id)
    await story.pay(ravi.id, bought.id, 100_000)
    await platform.settled()
    const refused = await story.askPayout(asha.id, 2_000, { isEmiAutoFilled: true, accountNumber: '000000000' })
    const good = await story.askPayout(asha.id, 3_000, { isEmiAutoFilled: true })
    expect(await story.walletOf(asha.id)).toMatchObject({ balance: rupees(5_000), held: rupees(5_000) })
    await expect(story.askPayout(asha.id, 1)).rejects.toMatchObject({ code: 'payout.exceeds_available' })
    for (const payout of [refused, good]) {
      await approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: payout.id, idempotency: null })
    }
    await platform.settled()
    // ₹3,000 less 5 % tax leaves ₹2,850; the booking amount of ₹500 is due.
    expect(await story.walletOf(asha.id)).toMatchObject({
      balance: rupees(2_000),
      held: 0n,
      emiReserve: 0n,
      totalWithdrawn: rupees(3_000),
    })
    const rows = await platform.deps.db.read.payout.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'completed'])
    expect((await platform.deps.db.read.booking.findUniqueOrThrow({ where: { id: booking.id } })).totalPaid).toBe(
      rupees(500),
    )
    expect(await platform.deps.db.read.tdsRecord.findFirst()).toMatchObject({
      financialYear: '2026-27',
      tdsDeducted: rupees(150),
      q3Tds: rupees(150),
    })
    await platform.expectClean()
  })

  test('a worker that starts again carries the tree on where it was', async () => {
    const asha = await platform.aMember()
    for (let n = 0; n < 3; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    await platform.restartWorker()
    for (let n = 0; n < 3; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    expect(await platform.deps.db.read.pair.count({ where: { userId: asha.id } })).toBe(3)
    await platform.expectClean()
  })

  test('bookings, payments, registrations and payouts at the same moment, with the worker busy, keep every rupee', async () => {
    const admin = await platform.aMember()
    const asha = await platform.aMember()
    const buyers = []
    for (let n = 0; n < 8; n += 1) buyers.push(await platform.aMember(asha.id))
    const bookings = await Promise.all(buyers.map(({ id }) => story.aBooking(id, { emiMonths: 12 })))
    const owed = await story.aBooking(asha.id, { emiMonths: 12 })
    const payments = bookings.flatMap(({ id, userId }) => times(3, () => story.pay(userId, id, 2_000)))
    const joining = times(6, () => platform.aMember(asha.id))
    const own = times(3, () => story.pay(asha.id, owed.id, 1_000))
    const { refused } = await outcomes<unknown>([...payments, ...joining, ...own])
    expect(refused).toEqual([])
    const spending = [
      ...times(4, () => story.askPayout(asha.id, 400, { isEmiAutoFilled: true })),
      ...times(2, () => story.pay(asha.id, owed.id, 300, { method: 'wallet' })),
    ]
    const { kept } = await outcomes<{ id: number } | object>(spending)
    await platform.settled()
    const pending = await platform.deps.db.read.payout.findMany({ where: { status: 'pending' } })
    expect(kept.length).toBeGreaterThanOrEqual(pending.length)
    const approvals = pending.map(({ id }) =>
      approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: id, idempotency: null }),
    )
    expect((await outcomes(approvals)).refused).toEqual([])
    await platform.settled()
    expect(await story.walletOf(asha.id)).toMatchObject({ totalEarned: rupees(8 * 300 + 7 * 500), held: 0n })
    await platform.expectClean()
  })
})
