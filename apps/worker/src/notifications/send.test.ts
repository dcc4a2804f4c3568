import { eachDatabase } from '@ev/db/testing'
import type { Message } from '@ev/runtime'
import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  /** A platform whose mails are kept; the first `failures` of them are refused by the server. */
  async function aStage({ failures = 0, takesMs = 0 } = {}) {
    const sent: Message[] = []
    let refused = 0
    const platform = await aQuietPlatform((await makeDatabase()).database, {
      mailer: {
        async send(message) {
          await platform.deps.sleep(takesMs)
          if (refused++ < failures) throw new Error('The mail server is busy.')
          sent.push(message)
        },
      },
    })
    const wanting = async (wants: { notifyByEmail?: boolean; notifyBySms?: boolean; isActive?: boolean }) => {
      const { id } = await platform.aMember()
      const mobile = `+9198765${String(id).padStart(5, '0')}`
      return platform.deps.db.transaction((tx) => tx.user.update({ where: { id }, data: { mobile, ...wants } }))
    }
    const toldOf = async (userId: number) => {
      const { id } = await platform.deps.db.read.notification.findFirstOrThrow({ where: { userId } })
      const messages = await platform.messages('notification.created')
      return {
        id,
        message: messages.find(({ payload }) => 'notificationId' in payload && payload.notificationId === id)!,
      }
    }
    return { platform, story: stories(platform), sent, wanting, toldOf }
  }

  test('a notification goes by e-mail and SMS to those who want it so, and stays in the app for all', async () => {
    const { platform, story, sent, wanting } = await aStage()
    const [both, email, none, gone] = [
      await wanting({ notifyByEmail: true, notifyBySms: true }),
      await wanting({ notifyByEmail: true }),
      await wanting({}),
      await wanting({ notifyByEmail: true, notifyBySms: true, isActive: false }),
    ]
    const bookings = []
    for (const { id } of [both, email, none, gone]) bookings.push(await story.aBooking(id, { price: 123_456 }))
    await story.pay(both.id, bookings[0]!.id, 123_456)
    await platform.settled()
    const number = bookings[0]!.bookingNumber
    const toBoth = sent.filter(({ to }) => to === both.email || to === both.mobile)
    expect(toBoth.map(({ channel, subject }) => `${channel} ${subject}`).sort()).toEqual([
      'email Booking confirmed',
      'email Booking paid in full',
      'email Booking placed',
      'email Payment received',
      'sms Booking confirmed',
      'sms Booking paid in full',
      'sms Booking placed',
      'sms Payment received',
    ])
    const mail = toBoth.find(({ channel, subject }) => channel === 'email' && subject === 'Payment received')!
    expect(mail.text).toContain(`We received ₹1,23,456.00 for booking ${number}.`)
    expect(mail.html).toContain('₹1,23,456.00')
    expect(mail.id).toMatch(/^notification-\d+-email$/)
    const sms = toBoth.find(({ channel, subject }) => channel === 'sms' && subject === 'Payment received')!
    expect(sms).toMatchObject({
      text: `Payment received: We received ₹1,23,456.00 for booking ${number}.`,
      sms: { template: 'notice', variable: 'Payment received' },
    })
    expect(sent.filter(({ to }) => to === email.email).map(({ channel }) => channel)).toEqual(['email'])
    expect(sent).toHaveLength(9)
    for (const { id } of [none, gone]) {
      expect(await platform.deps.db.read.notification.count({ where: { userId: id } })).toBe(1)
    }
    await platform.expectClean()
  })

  test('a notification is sent once, however often and by however many its message is handled', async () => {
    const { platform, story, sent, wanting, toldOf } = await aStage({ takesMs: 50 })
    const member = await wanting({ notifyByEmail: true })
    await story.aBooking(member.id)
    await platform.deliver('notifications.deliver', ...(await platform.messages('booking.placed')))
    const { message } = await toldOf(member.id)
    const outcomes = (await Promise.all(times(8, () => platform.offer('notifications.send-email', [message])))).flat()
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done', 'retry']))
    await platform.deliver('notifications.send-email', message)
    await platform.deliver('notifications.send-sms', message)
    expect(sent).toHaveLength(1)
  })

  test('what could not be written down after it was sent is not sent again', async () => {
    const { platform, story, sent, wanting, toldOf } = await aStage()
    const member = await wanting({ notifyByEmail: true })
    await story.aBooking(member.id)
    await platform.deliver('notifications.deliver', ...(await platform.messages('booking.placed')))
    const { message } = await toldOf(member.id)
    await platform.deliver('notifications.send-email', message)
    await platform.deps.db.transaction((tx) =>
      tx.idempotencyRecord.deleteMany({ where: { scope: 'handler:notifications.send-email' } }),
    )
    await platform.deliver('notifications.send-email', message)
    expect(sent).toHaveLength(1)
  })

  test('a server that refuses is asked again, and the app is told whatever the server does', async () => {
    const { platform, story, sent, wanting, toldOf } = await aStage({ failures: 2 })
    const member = await wanting({ notifyByEmail: true })
    await story.aBooking(member.id)
    await platform.deliver('notifications.deliver', ...(await platform.messages('booking.placed')))
    const { message } = await toldOf(member.id)
    for (const _ of times(2, () => 0)) {
      expect(await platform.offer('notifications.send-email', [message])).toMatchObject([
        { kind: 'retry', reason: expect.stringContaining('The mail server is busy.') },
      ])
    }
    await platform.deliver('notifications.send-email', message)
    expect(sent).toHaveLength(1)
  })

  test('someone who changes their mind before it is sent gets none', async () => {
    const { platform, story, sent, wanting, toldOf } = await aStage()
    const member = await wanting({ notifyByEmail: true })
    await story.aBooking(member.id)
    await platform.deliver('notifications.deliver', ...(await platform.messages('booking.placed')))
    const { message } = await toldOf(member.id)
    await platform.deps.db.transaction((tx) =>
      tx.user.update({ where: { id: member.id }, data: { notifyByEmail: false } }),
    )
    await platform.deliver('notifications.send-email', message)
    expect(sent).toEqual([])
  })

  test('a pair that waits for its cooling-off is told of twice, any other once', async () => {
    const { platform, story } = await aStage()
    const titles = async (userId: number) =>
      (await platform.deps.db.read.notification.findMany({ where: { userId } })).map(({ title, message }) => [
        title,
        message,
      ])
    const asha = await platform.aMember()
    for (const _ of times(2, () => 0)) await platform.aMember(asha.id)
    await platform.settled()
    expect(await titles(asha.id)).toEqual([['Pair matched', 'Your pair 1 earned ₹500.00.']])
    await story.changePlan({ commissionHoldDays: 7 })
    const ravi = await platform.aMember()
    for (const _ of times(2, () => 0)) await platform.aMember(ravi.id)
    await platform.settled()
    expect(await titles(ravi.id)).toEqual([
      [
        'Pair waiting',
        expect.stringMatching(/^Your pair 1 was matched. Its ₹500.00 will be credited on \d+ \w{3} 2026.$/),
      ],
    ])
  })
})
