import { approvePayout, cleanUp, refundPayment } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { actor, stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  test('a member is told once of every step of a booking, a bonus and a payout', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    const admin = await platform.aMember()
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const booking = await story.aBooking(ravi.id, { price: 10_000 })
    await story.pay(ravi.id, booking.id, 5_000)
    await story.pay(ravi.id, booking.id, 5_000)
    await platform.settled()
    const payout = await story.askPayout(asha.id, 100)
    await approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: payout.id, idempotency: null })
    await platform.settled()
    const titlesOf = async (userId: number) =>
      (await platform.deps.db.read.notification.findMany({ where: { userId } })).map(({ title }) => title).sort()
    expect(await titlesOf(ravi.id)).toEqual([
      'Booking confirmed',
      'Booking paid in full',
      'Booking placed',
      'Payment received',
      'Payment received',
    ])
    expect(await titlesOf(asha.id)).toEqual([
      'Payout approved',
      'Payout completed',
      'Payout requested',
      'Referral bonus',
      'Referral bonus',
    ])
    await platform.expectClean()
  })

  test('a referrer is told of every part of a bonus that is taken back', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const story = stories(platform)
    const admin = await platform.aMember()
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const booking = await story.aBooking(ravi.id, { price: 10_000 })
    const { value: payment } = await story.pay(ravi.id, booking.id, 6_000)
    await platform.settled()
    for (const amount of [rupees(2_000), rupees(4_000)]) {
      await refundPayment(platform.deps, {
        actor: actor(admin.id, 'admin'),
        idempotency: null,
        paymentId: payment.id,
        amount,
        reason: 'Given back',
      })
      await platform.settled()
    }
    const told = await platform.deps.db.read.notification.findMany({
      where: { userId: asha.id, title: 'Referral bonus reversed' },
      orderBy: { id: 'asc' },
    })
    expect(told.map(({ message }) => message.replace(/^.*\. /, ''))).toEqual([
      '₹100.00 of it were taken back.',
      'It was taken back.',
    ])
    await platform.expectClean()
  })

  test('a message that comes again after its record was cleaned up tells nothing twice and is not put aside', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const ravi = await platform.aMember()
    await stories(platform).aBooking(ravi.id)
    await platform.settled()
    const [placed] = await platform.messages('booking.placed')
    platform.clock.advance(91 * 86_400_000)
    await cleanUp(platform.deps)
    await platform.deliver('notifications.deliver', placed!)
    expect(await platform.deps.db.read.notification.count({ where: { userId: ravi.id } })).toBe(1)
  })
})
