import { takeUpPlan } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  test('a plan that came and went while no worker ran leaves nobody counted by it', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    const ravi = await platform.aMember()
    const isActiveBuyer = async () =>
      (await platform.deps.db.read.user.findUniqueOrThrow({ where: { id: ravi.id } })).isActiveBuyer
    const booking = await story.aBooking(ravi.id)
    await takeUpPlan(platform.deps)
    await story.changePlan({ activeBuyerThreshold: rupees(1_000) })
    await story.pay(ravi.id, booking.id, 1_500)
    expect(await isActiveBuyer()).toBe(true)
    platform.clock.advance(1_000)
    await story.changePlan({ activeBuyerThreshold: rupees(5_000) })
    await takeUpPlan(platform.deps)
    expect(await isActiveBuyer()).toBe(false)
    await platform.settled()
    await platform.expectClean()
  })
})
