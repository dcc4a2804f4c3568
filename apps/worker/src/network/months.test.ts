import { checkPairs, startMonth } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees, startOfIstMonth } from '@ev/domain'
import { expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'

const lastMomentOfNovember = new Date(startOfIstMonth('2026-12').getTime() - 1)

eachDatabase((_name, makeDatabase) => {
  const aPlatform = async (options = {}) => aQuietPlatform((await makeDatabase()).database, options)

  async function aMemberWith(platform: QuietPlatform, referrals: number): Promise<number> {
    const asha = await platform.aMember()
    for (let n = 0; n < referrals; n += 1) await platform.aMember(asha.id)
    await platform.settled()
    return asha.id
  }
  const monthsOf = async ({ deps }: QuietPlatform, userId: number) => {
    const pairs = await deps.db.read.pair.findMany({ where: { userId }, orderBy: { pairNumber: 'asc' } })
    return pairs.map(({ pairNumber, month }) => [pairNumber, month])
  }
  const november = (count: number) => Array.from({ length: count }, (_, n) => [n + 1, '2026-11'])

  test('ten pairs are made in a month in India; what is left over is paired when the next one begins, told once', async () => {
    const platform = await aPlatform()
    platform.clock.set(lastMomentOfNovember)
    await startMonth(platform.deps)
    const asha = await aMemberWith(platform, 28)
    expect(await monthsOf(platform, asha)).toEqual(november(10))
    const asking = { ...platform.deps, sleep: () => platform.settled() }
    expect(await checkPairs(asking, { userId: asha })).toEqual({ pairs: [], remainingThisMonth: 0 })
    expect(await monthsOf(platform, asha)).toEqual(november(10))
    expect(await startMonth(platform.deps)).toBe(false)

    platform.clock.advance(1)
    expect((await Promise.all([startMonth(platform.deps), startMonth(platform.deps)])).filter(Boolean)).toHaveLength(1)
    expect(await startMonth(platform.deps)).toBe(false)
    expect(await platform.messages('month.started')).toMatchObject([
      { payload: { month: '2026-11' } },
      { payload: { month: '2026-12' } },
    ])
    await platform.settled()
    const [left, right] = await legsOf(platform, asha)
    const possible = Math.min(left!, right!)
    expect(possible).toBeGreaterThan(10)
    expect(await monthsOf(platform, asha)).toEqual([
      ...november(10),
      ...Array.from({ length: possible - 10 }, (_, n) => [n + 11, '2026-12']),
    ])
    await platform.expectClean()
  })

  test('a pair that is credited, or credited again, after the month has changed stays in its month', async () => {
    const platform = await aPlatform()
    platform.clock.set(lastMomentOfNovember)
    const asha = await platform.aMember()
    for (let n = 0; n < 2; n += 1) await platform.aMember(asha.id)
    const registrations = await platform.messages('member.registered')
    await platform.deliver('network.place-and-match', ...registrations)
    platform.clock.advance(1)
    const [matched] = await platform.messages('pair.matched')
    for (let n = 0; n < 3; n += 1) await platform.deliver('pairs.credit', matched!)
    expect(await monthsOf(platform, asha.id)).toEqual(november(1))
    expect((await stories(platform).walletOf(asha.id)).balance).toBe(rupees(500))
    await platform.settled()
    await platform.expectClean()
  })

  test('under flush what could still be paired at the end of the month is taken from both legs and recorded', async () => {
    const platform = await aPlatform({ plan: { pairCap: 'flush', monthlyPairLimit: 2 } })
    platform.clock.set(lastMomentOfNovember)
    const asha = await aMemberWith(platform, 8)
    expect(await monthsOf(platform, asha)).toEqual(november(2))
    const [left, right] = await legsOf(platform, asha)
    const lost = Math.min(left!, right!) - 2
    expect(lost).toBeGreaterThan(0)
    platform.clock.advance(1)
    await startMonth(platform.deps)
    await platform.settled()
    expect(await monthsOf(platform, asha)).toEqual(november(2))
    const flushes = await platform.deps.db.read.pairFlush.findMany({ where: { userId: asha } })
    expect(flushes).toMatchObject([{ month: '2026-11', memberCount: 2 * lost }])
    // What was taken stays taken, also for a writer that builds its index anew, and new members pair again.
    for (let n = 0; n < 4; n += 1) await platform.aMember(asha)
    await platform.settled()
    const [moreLeft, moreRight] = await legsOf(platform, asha)
    const made = Math.min(2, Math.min(moreLeft!, moreRight!) - 2 - lost)
    expect(await platform.deps.db.read.pair.count({ where: { userId: asha, month: '2026-12' } })).toBe(made)
    await platform.expectClean()
  })

  test('from the plan that asks for a sale on, a member counts from the moment of being an Active Buyer', async () => {
    const platform = await aPlatform()
    const story = stories(platform)
    await story.changePlan({ pairEligibility: 'qualified_sale' })
    const asha = await platform.aMember()
    const [left, right] = [await platform.aMember(asha.id), await platform.aMember(asha.id)]
    await platform.settled()
    expect(await monthsOf(platform, asha.id)).toEqual([])
    expect(await legsOf(platform, asha.id)).toEqual([0, 0])
    for (const { id } of [left, right]) {
      expect(await monthsOf(platform, asha.id)).toEqual([])
      await story.pay(id, (await story.aBooking(id)).id, 5_000)
      await platform.settled()
    }
    expect(await monthsOf(platform, asha.id)).toEqual(november(1))
    expect(await platform.deps.db.read.pair.findMany()).toMatchObject([{ planVersion: 2, isActiveBuyer: false }])
    // The message about it is no proof: only an Active Buyer counts.
    const third = await platform.aMember(asha.id)
    await platform.settled()
    const [qualified] = await platform.messages('member.qualified')
    const claim = {
      ...qualified!,
      id: platform.deps.ids.uuid(),
      name: 'member.qualified',
      payload: { userId: third.id },
    }
    await platform.deliver('network.place-and-match', claim as never)
    expect(await legsOf(platform, asha.id)).toEqual([1, 1])
    await platform.expectClean()
  })

  /** How many members of each leg count for pairs. */
  async function legsOf({ deps }: QuietPlatform, userId: number): Promise<number[]> {
    const row = await deps.db.read.legs.findFirstOrThrow({ where: { placement: { userId } } })
    return [row.leftQualified, row.rightQualified]
  }
})
