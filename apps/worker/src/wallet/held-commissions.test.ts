import { cleanUp, creditHeldCommissions, refundPayment } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { actor, stories } from '../testing/stories.ts'

const dayMs = 86_400_000

/** Asha referred Ravi, who has paid ₹10,000 for a vehicle; every message of it is handled. */
async function aReferredPayment(platform: QuietPlatform) {
  const story = stories(platform)
  const asha = await platform.aMember()
  const ravi = await platform.aMember(asha.id)
  const booking = await story.aBooking(ravi.id)
  const { value: payment } = await story.pay(ravi.id, booking.id, 10_000)
  await platform.settled()
  return { asha, payment }
}

eachDatabase((_name, makeDatabase) => {
  test('commissions wait for their cooling-off and are then credited once by the schedule', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    await story.changePlan({ commissionHoldDays: 7 })
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    await platform.aMember(asha.id)
    const booking = await story.aBooking(ravi.id)
    await story.pay(ravi.id, booking.id, 10_000)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(0n)

    platform.clock.advance(6 * dayMs)
    await creditHeldCommissions(platform.deps)
    expect((await story.walletOf(asha.id)).balance).toBe(0n)

    platform.clock.advance(2 * dayMs)
    expect(await creditHeldCommissions(platform.deps)).toBe(2)
    await creditHeldCommissions(platform.deps)
    await platform.settled()
    // ₹500 for the pair and 5 % of ₹10,000.
    expect(await story.walletOf(asha.id)).toMatchObject({ balance: rupees(1_000), totalEarned: rupees(1_000) })
    await platform.expectClean()
  })

  test('however long no worker looked, and however the cooling-off changed meanwhile, what is due is credited', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    await story.changePlan({ commissionHoldDays: 30 })
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const early = await story.aBooking(ravi.id)
    await story.pay(ravi.id, early.id, 10_000)
    await platform.settled()
    await story.changePlan({ commissionHoldDays: 2 })
    const later = await story.aBooking(ravi.id)
    await story.pay(ravi.id, later.id, 20_000)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(0n)

    platform.clock.advance(3 * dayMs)
    await creditHeldCommissions(platform.deps)
    expect((await story.walletOf(asha.id)).balance).toBe(rupees(1_000))
    platform.clock.advance(400 * dayMs)
    expect(await creditHeldCommissions(platform.deps)).toBe(1)
    expect(await creditHeldCommissions(platform.deps)).toBe(0)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(rupees(1_500))
    await platform.expectClean()
  })

  test('a bonus that a plan of the same moment brings is credited, though the payment earned nothing when it was looked at', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    await story.changePlan({ referralBonusBps: 0 })
    const { asha } = await aReferredPayment(platform)
    await story.changePlan({ referralBonusBps: 500 })
    expect(await creditHeldCommissions(platform.deps)).toBe(0)

    platform.clock.advance(11 * 60_000)
    expect(await creditHeldCommissions(platform.deps)).toBe(1)
    expect(await creditHeldCommissions(platform.deps)).toBe(0)
    await platform.settled()
    expect((await story.walletOf(asha.id)).balance).toBe(rupees(500))
    await platform.expectClean()
  })

  test('a payment that earns nothing is looked at once more, and then no longer', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    await story.changePlan({ referralBonusBps: 0 })
    const { asha } = await aReferredPayment(platform)
    platform.clock.advance(11 * 60_000)
    await story.changePlan({ referralBonusBps: 500 })
    expect(await creditHeldCommissions(platform.deps)).toBe(1)
    expect(await creditHeldCommissions(platform.deps)).toBe(0)
    expect((await story.walletOf(asha.id)).balance).toBe(0n)
    await platform.expectClean()
  })

  test('a payment that is refunded within its cooling-off is not looked at again', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    await story.changePlan({ commissionHoldDays: 7 })
    const { asha, payment } = await aReferredPayment(platform)
    const admin = await platform.aMember()
    await refundPayment(platform.deps, {
      actor: actor(admin.id, 'admin'),
      idempotency: null,
      paymentId: payment.id,
      amount: null,
      reason: 'changed their mind',
    })
    platform.clock.advance(8 * dayMs)
    expect(await creditHeldCommissions(platform.deps)).toBe(0)
    expect((await story.walletOf(asha.id)).balance).toBe(0n)
    await platform.settled()
    await platform.expectClean()
  })

  test('clean-up removes published messages and expired records, and nothing that is younger', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    await platform.aMember()
    await platform.settled()
    const { outboxMessage, idempotencyRecord } = platform.deps.db.read
    await platform.deps.db.transaction((tx) =>
      tx.outboxMessage.updateMany({ data: { publishedAt: platform.clock.now() } }),
    )
    const before = await outboxMessage.count()
    expect(before).toBeGreaterThan(0)
    platform.clock.advance(6 * dayMs)
    await cleanUp(platform.deps)
    expect(await outboxMessage.count()).toBe(before)
    platform.clock.advance(100 * dayMs)
    await cleanUp(platform.deps)
    expect([await outboxMessage.count(), await idempotencyRecord.count()]).toEqual([0, 0])
  })
})
