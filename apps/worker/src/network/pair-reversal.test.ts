import { expireBookings, startMonth, takeUpPlan } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { type CompensationPlan, rupees } from '@ev/domain'
import { expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { aSalesTeam } from '../testing/sales.ts'
import { stories } from '../testing/stories.ts'

const dayMs = 86_400_000

eachDatabase((_name, makeDatabase) => {
  /** A platform on which a sale is what counts, and nobody earns a bonus beside the pairs. */
  async function aPlatform(plan: Partial<CompensationPlan> = {}): Promise<QuietPlatform> {
    const { database } = await makeDatabase()
    return aQuietPlatform(database, { plan: { pairEligibility: 'qualified_sale', referralBonusBps: 0, ...plan } })
  }

  test('a refunded sale reverses the pair; the other member comes before younger ones again, and so does who buys again', async () => {
    const platform = await aPlatform()
    const team = await aSalesTeam(platform)
    for (const n of [1, 2, 5]) await team.buys(n)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, processed, 2026-11'])
    await team.isRefunded(1)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11'])
    expect(await team.legs()).toEqual({ counted: [0, 2], used: [0, 0] })
    expect(await team.statement()).toEqual([
      ['BINARY_PAIR', 500],
      ['REVERSAL', -500],
    ])
    expect(await team.wallet()).toMatchObject({ balance: 0n, totalEarned: 0n, recoverable: 0n })
    await platform.expectClean()

    await team.buys(3)
    await platform.settled()
    await team.buys(1)
    await platform.settled()
    expect(await team.pairs()).toEqual([
      '1: 1 and 2, reversed, 2026-11',
      '2: 3 and 2, processed, 2026-11',
      '3: 1 and 5, processed, 2026-11',
    ])
    expect(await team.wallet()).toMatchObject({ balance: rupees(1_000), totalEarned: rupees(1_000) })
    const notices = await platform.deps.db.read.notification.findMany({ where: { title: 'Pair reversed' } })
    expect(notices).toMatchObject([{ userId: team.asha }])
    expect(notices[0]!.message).toContain('₹500.00 is taken back')
    await platform.expectClean()
  })

  test('a cancelled sale has whoever is free again paired at once', async () => {
    const platform = await aPlatform()
    const team = await aSalesTeam(platform)
    for (const n of [1, 2, 3]) await team.buys(n)
    await platform.settled()
    await team.cancels(1)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11', '2: 3 and 2, processed, 2026-11'])
    expect(await team.wallet()).toMatchObject({ balance: rupees(500), totalEarned: rupees(500), recoverable: 0n })
    await platform.expectClean()
  })

  test('bookings that expire take an Active Buyer away as well', async () => {
    const platform = await aPlatform()
    const story = stories(platform)
    const team = await aSalesTeam(platform)
    for (let n = 0; n < 2; n += 1) {
      const { id } = await story.aBooking(team.member(1), { bookingAmount: rupees(3_000) })
      await story.pay(team.member(1), id, 3_000)
    }
    await team.buys(2)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, processed, 2026-11'])
    platform.clock.advance(31 * dayMs)
    await expireBookings(platform.deps)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11'])
    expect(await team.wallet()).toMatchObject({ balance: 0n, totalEarned: 0n })
    await platform.expectClean()
  })

  test('an earning that has left the wallet is owed, and the next credit pays it', async () => {
    const platform = await aPlatform()
    const story = stories(platform)
    const team = await aSalesTeam(platform)
    for (const n of [1, 2]) await team.buys(n)
    await platform.settled()
    await story.pay(team.asha, (await story.aBooking(team.asha)).id, 500, { method: 'wallet' })
    await team.cancels(1)
    await platform.settled()
    expect(await team.wallet()).toMatchObject({ balance: 0n, recoverable: rupees(500), totalEarned: 0n })
    await platform.expectClean()
    await team.buys(3)
    await platform.settled()
    expect(await team.wallet()).toMatchObject({ balance: 0n, recoverable: 0n, totalEarned: rupees(500) })
    expect((await team.statement()).slice(2)).toEqual([
      ['RECOVERY', 500],
      ['REVERSAL', -500],
      ['BINARY_PAIR', 500],
      ['RECOVERY', -500],
    ])
    await platform.expectClean()
  })

  test('of an EMI deduction goes back what is in the reserve; what a booking has drawn stays there and is owed', async () => {
    const platform = await aPlatform({ gracePairs: 0 })
    const story = stories(platform)
    const team = await aSalesTeam(platform)
    for (const n of [1, 2]) await team.buys(n)
    await platform.settled()
    expect(await team.wallet()).toMatchObject({ balance: rupees(400), emiReserve: rupees(100) })
    await team.cancels(1)
    await platform.settled()
    expect(await team.wallet()).toMatchObject({ balance: 0n, emiReserve: 0n, recoverable: 0n, totalEarned: 0n })
    await platform.expectClean()

    const emi = await story.aBooking(team.asha, { emiMonths: 12 })
    await team.buys(3)
    await platform.settled()
    await team.cancels(3)
    await platform.settled()
    expect(await team.wallet()).toMatchObject({
      balance: 0n,
      emiReserve: 0n,
      recoverable: rupees(100),
      totalEarned: 0n,
    })
    expect(await story.bookingOf(emi.id)).toMatchObject({ totalPaid: rupees(100) })
    await platform.expectClean()
  })

  test('copies and any order of the messages change nothing; a pair that is reversed before its credit never gets one', async () => {
    const platform = await aPlatform()
    const team = await aSalesTeam(platform)
    const delivery = { copies: 3, order: <T>(round: readonly T[]) => round.toReversed() }
    // Bought and lost, bought, lost and bought again, before anyone hears of it.
    for (const n of [1, 2, 5]) await team.buys(n)
    await team.cancels(1)
    await team.cancels(2)
    await team.buys(2)
    await platform.deliverAll(delivery)
    expect(await team.legs()).toEqual({ counted: [0, 2], used: [0, 0] })

    await team.buys(1)
    const [matchable] = (await platform.messages('member.qualified')).slice(-1)
    await platform.deliver('network.place-and-match', matchable!)
    expect(await team.pairs()).toEqual(['1: 1 and 2, matched, 2026-11'])
    await team.isRefunded(1)
    await platform.deliver('network.place-and-match', ...(await platform.messages('member.disqualified')).slice(-1))
    const [matched, reversed] = [await platform.messages('pair.matched'), await platform.messages('pair.reversed')]
    await platform.deliver('pairs.reverse', reversed[0]!)
    await platform.deliver('pairs.credit', matched[0]!)
    expect(await team.statement()).toEqual([])
    await platform.deliverAll(delivery)
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11'])
    expect(await team.statement()).toEqual([])
    expect(await platform.deps.db.read.pair.findMany()).toMatchObject([{ processedAt: null, reversedSide: 'left' }])

    await team.buys(3)
    await platform.deliverAll(delivery)
    await team.cancels(3)
    await platform.deliverAll(delivery)
    const again = await platform.messages('pair.reversed')
    for (const message of again) await platform.deliver('pairs.reverse', { ...message, id: platform.deps.ids.uuid() })
    expect(await team.statement()).toEqual([
      ['BINARY_PAIR', 500],
      ['REVERSAL', -500],
    ])
    await platform.expectClean()
  })

  test('qualified and disqualified in one batch, a member makes and unmakes its pair in it', async () => {
    const platform = await aPlatform()
    const team = await aSalesTeam(platform)
    for (const n of [2, 3]) await team.buys(n)
    await platform.settled()
    await team.buys(1)
    await team.buys(5)
    const [first, fifth] = (await platform.messages('member.qualified')).slice(-2)
    await team.cancels(3)
    const lost = await platform.messages('member.disqualified')
    await platform.deliver('network.place-and-match', first!, fifth!, ...lost)
    expect(await team.pairs()).toEqual(['1: 3 and 2, reversed, 2026-11', '2: 1 and 5, matched, 2026-11'])
    await team.cancels(1)
    await team.buys(4)
    const [again] = (await platform.messages('member.qualified')).slice(-1)
    await platform.deliver(
      'network.place-and-match',
      again!,
      ...(await platform.messages('member.disqualified')).slice(-1),
    )
    expect((await team.pairs()).slice(1)).toEqual(['2: 1 and 5, reversed, 2026-11', '3: 4 and 2, matched, 2026-11'])
    await platform.settled()
    await platform.expectClean()
  })

  test('a reversed pair still counts in the limit of its month; the next month pairs who is free', async () => {
    const platform = await aPlatform({ monthlyPairLimit: 1 })
    const team = await aSalesTeam(platform)
    for (const n of [1, 2, 3]) await team.buys(n)
    await platform.settled()
    await team.cancels(1)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11'])
    platform.clock.set(new Date('2026-12-02T06:00:00.000Z'))
    await startMonth(platform.deps)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11', '2: 3 and 2, processed, 2026-12'])
    await platform.expectClean()
  })

  test('what a flush took is not given back by losing and making a sale again', async () => {
    const platform = await aPlatform({ monthlyPairLimit: 1, pairCap: 'flush' })
    const team = await aSalesTeam(platform)
    for (const n of [1, 2, 3, 5]) await team.buys(n)
    await platform.settled()
    platform.clock.set(new Date('2026-12-02T06:00:00.000Z'))
    await startMonth(platform.deps)
    await platform.settled()
    await team.isRefunded(3)
    await platform.settled()
    expect(await team.legs()).toEqual({ counted: [1, 2], used: [1, 2] })
    await platform.expectClean()
    await team.buys(3)
    await team.buys(6)
    await platform.settled()
    expect(await team.legs()).toEqual({ counted: [2, 3], used: [2, 2] })
    expect(await team.pairs()).toEqual(['1: 1 and 2, processed, 2026-11'])
    await platform.expectClean()
  })

  test('whoever counts by being placed counts for ever, also under a later plan that asks for a sale', async () => {
    const platform = await aPlatform({ pairEligibility: 'placed' })
    const story = stories(platform)
    const team = await aSalesTeam(platform)
    const made = await team.pairs()
    expect(made).toHaveLength(3)
    await team.buys(1)
    await team.cancels(1)
    await platform.settled()
    await story.changePlan({ pairEligibility: 'qualified_sale' })
    await takeUpPlan(platform.deps)
    await team.buys(1)
    await team.cancels(1)
    await platform.settled()
    expect(await team.pairs()).toEqual(made)
    expect(await platform.messages('pair.reversed')).toEqual([])
    await platform.expectClean()
  })

  test('a plan that asks for more takes pairs back, and one that asks for none has everybody count for ever', async () => {
    const platform = await aPlatform()
    const story = stories(platform)
    const team = await aSalesTeam(platform)
    for (const n of [1, 2]) await team.buys(n)
    await platform.settled()
    await takeUpPlan(platform.deps)
    await story.changePlan({ activeBuyerThreshold: rupees(6_000) })
    expect(await takeUpPlan(platform.deps)).toBeGreaterThanOrEqual(2)
    await platform.settled()
    expect(await team.pairs()).toEqual(['1: 1 and 2, reversed, 2026-11'])
    expect(await team.legs()).toEqual({ counted: [0, 0], used: [0, 0] })
    await platform.expectClean()

    await team.buys(2)
    await platform.settled()
    await story.changePlan({ pairEligibility: 'placed' })
    await takeUpPlan(platform.deps)
    await platform.settled()
    expect(await team.legs()).toEqual({ counted: [3, 3], used: [3, 3] })
    await platform.expectClean()
    await story.changePlan({ pairEligibility: 'qualified_sale' })
    await takeUpPlan(platform.deps)
    await team.cancels(2)
    await platform.settled()
    expect(await team.legs()).toEqual({ counted: [3, 3], used: [3, 3] })
    await platform.expectClean()
  })
})
