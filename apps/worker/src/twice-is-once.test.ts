import { approvePayout } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import { type Envelope, type HandlerName, handlersOf } from '@ev/messaging'
import { expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from './testing/a-platform.ts'
import type { DeliveryOptions } from './testing/hand-delivery.ts'
import { actor, stories } from './testing/stories.ts'

/** The main job: thirteen members below Asha, a purchase of one of them, a payout of hers that fills her EMI. */
async function mainJob(platform: QuietPlatform, delivery: DeliveryOptions) {
  const story = stories(platform)
  const admin = await platform.aMember()
  const asha = await platform.aMember()
  const owed = await story.aBooking(asha.id, { emiMonths: 12 })
  const ravi = await platform.aMember(asha.id)
  for (let n = 0; n < 12; n += 1) await platform.aMember(asha.id)
  await platform.deliverAll(delivery)
  const bought = await story.aBooking(ravi.id)
  for (const amount of [500, 4_500, 95_000]) await story.pay(ravi.id, bought.id, amount)
  await platform.deliverAll(delivery)
  const payout = await story.askPayout(asha.id, 4_000, { isEmiAutoFilled: true })
  await approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: payout.id, idempotency: null })
  await platform.deliverAll(delivery)
  return { asha, ravi, owed, payout }
}

/** Everything that a message could have changed. */
async function everything({ deps }: QuietPlatform) {
  const { read } = deps.db
  return {
    wallets: await read.wallet.findMany({ orderBy: { id: 'asc' } }),
    bookings: await read.booking.findMany({ orderBy: { id: 'asc' } }),
    payouts: await read.payout.findMany({ orderBy: { id: 'asc' } }),
    pairs: await read.pair.findMany({ orderBy: { id: 'asc' } }),
    placements: await read.placement.findMany({ orderBy: { seq: 'asc' } }),
    legs: await read.legs.findMany({ orderBy: { seq: 'asc' } }),
    tds: await read.tdsRecord.findMany(),
    entries: await read.journalEntry.count(),
    statementRows: await read.walletTransaction.count(),
    notifications: await read.notification.count(),
    told: await read.outboxMessage.count(),
  }
}

eachDatabase((_name, makeDatabase) => {
  async function expectMainJob(
    platform: QuietPlatform,
    { asha, ravi, owed, payout }: Awaited<ReturnType<typeof mainJob>>,
  ) {
    const story = stories(platform)
    // Six pairs, the sixth of them less ₹100 for the EMI, and 5 % of ₹100,000; ₹4,000 of it were paid out.
    expect(await story.walletOf(asha.id)).toMatchObject({
      balance: rupees(6 * 500 - 100 + 5_000 - 4_000),
      totalEarned: rupees(8_000),
      totalWithdrawn: rupees(4_000),
      emiReserve: 0n,
      held: 0n,
    })
    // ₹100 of the sixth pair and the rest of the booking amount out of the payout.
    expect(await story.bookingOf(owed.id)).toMatchObject({ totalPaid: rupees(500) })
    expect(await story.payoutOf(payout.id)).toMatchObject({ status: 'completed', emiAmount: rupees(400) })
    const { read } = platform.deps.db
    expect(await read.referralBonus.count()).toBe(3)
    expect(await read.notification.count({ where: { userId: ravi.id, notificationType: 'payment' } })).toBe(3)
    expect(await read.pair.count({ where: { userId: asha.id } })).toBe(6)
    expect(await read.tdsRecord.findMany()).toMatchObject([{ tdsDeducted: rupees(200), totalPayout: rupees(4_000) }])
    await platform.expectClean()
  }

  test('five copies of every message at the same moment have the effect of one, and two more change nothing', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    await expectMainJob(platform, await mainJob(platform, { copies: 5 }))
    const before = await everything(platform)
    await redeliver(platform, 2)
    expect(await everything(platform)).toEqual(before)
  })

  test('messages in the opposite order lead to the same money', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    await expectMainJob(platform, await mainJob(platform, { order: (round) => round.toReversed() }))
  })

  test('redelivered a month and more later, when the records of the handlers are gone, messages still move no money', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const job = await mainJob(platform, {})
    platform.clock.advance(40 * 86_400_000)
    await redeliver(platform, 1)
    platform.clock.advance(80 * 86_400_000)
    await platform.deps.db.transaction((tx) => tx.idempotencyRecord.deleteMany())
    const told = await platform.messages()
    for (const handler of moneyHandlers) await redeliverTo(platform, handler, told)
    await expectMainJob(platform, job)
  })
})

async function redeliver(platform: QuietPlatform, times: number): Promise<void> {
  const told = await platform.messages()
  for (const handler of [...moneyHandlers, 'notifications.deliver'] as const) {
    for (let n = 0; n < times; n += 1) await redeliverTo(platform, handler, told)
  }
}

async function redeliverTo(platform: QuietPlatform, handler: HandlerName, told: readonly Envelope[]): Promise<void> {
  for (const message of told) {
    if (handlersOf(message.name).includes(handler)) await platform.deliver(handler, message)
  }
}

const moneyHandlers = [
  'network.place-and-match',
  'pairs.credit',
  'payments.credit-referral',
  'payouts.transfer',
  'payouts.autofill-emi',
] as const satisfies HandlerName[]
