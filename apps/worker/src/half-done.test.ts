import { approvePayout } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { rupees } from '@ev/domain'
import type { Envelope, HandlerName } from '@ev/messaging'
import { systemIds } from '@ev/runtime'
import { beforeAll, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from './testing/a-platform.ts'
import { actor, type Stories, stories } from './testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  let story: Stories
  let idsLeft = Number.POSITIVE_INFINITY

  // Messages are told last, after all other writes: no more ids means a failure when everything else is written.
  const timeOrderedUuid = () => {
    if (idsLeft === 0) throw new Error('No more ids.')
    idsLeft -= 1
    return systemIds.timeOrderedUuid()
  }

  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase()).database, { ids: { ...systemIds, timeOrderedUuid } })
    story = stories(platform)
  })

  async function withIds<T>(count: number, work: () => Promise<T>): Promise<T> {
    idsLeft = count
    try {
      return await work()
    } finally {
      idsLeft = Number.POSITIVE_INFINITY
    }
  }

  async function everything() {
    const { read } = platform.deps.db
    return {
      wallets: await read.wallet.findMany(),
      bookings: await read.booking.findMany(),
      users: await read.user.findMany(),
      payouts: await read.payout.findMany(),
      pairs: await read.pair.findMany(),
      holds: await read.hold.findMany(),
      entries: await read.journalEntry.count(),
      payments: await read.payment.count(),
      instalments: await read.instalment.findMany(),
      told: await read.outboxMessage.count(),
      remembered: await read.idempotencyRecord.count(),
    }
  }

  async function expectNothingDone(idsBefore: number, work: () => Promise<unknown>): Promise<void> {
    const before = await everything()
    await expect(withIds(idsBefore, work)).rejects.toThrow('No more ids.')
    expect(await everything()).toEqual(before)
  }

  /** Fails the handler after its writes, sees that nothing is left and that it is tried again, and lets it succeed. */
  async function expectRetried(handler: HandlerName, message: Envelope): Promise<void> {
    const before = await everything()
    const offered = await withIds(0, () => platform.offer(handler, [message]))
    expect(offered).toMatchObject([{ kind: 'retry', reason: 'Error: No more ids.' }])
    expect(await everything()).toEqual(before)
    await platform.deliver(handler, message)
    expect(await everything()).not.toEqual(before)
  }

  test('a payment that fails at any of its messages has not been made', async () => {
    const ravi = await platform.aMember()
    const booking = await story.aBooking(ravi.id, { emiMonths: 3 })
    // One payment that tells four things: paid, confirmed, completed, and a new Active Buyer.
    for (const ids of [0, 1, 2, 3]) await expectNothingDone(ids, () => story.pay(ravi.id, booking.id, 100_000))
    const told = await platform.deps.db.read.outboxMessage.count()
    await story.pay(ravi.id, booking.id, 100_000)
    expect(await platform.deps.db.read.outboxMessage.count()).toBe(told + 4)
    await platform.settled()
    await platform.expectClean()
  })

  test('handlers that fail after their writes leave nothing and do it all the next time', async () => {
    const admin = await platform.aMember()
    const asha = await platform.aMember()
    const [ravi] = [await platform.aMember(asha.id), await platform.aMember(asha.id)]
    await platform.deliver('network.place-and-match', ...(await platform.messages('member.registered')))
    await expectRetried('pairs.credit', (await platform.messages('pair.matched')).at(-1)!)

    const booking = await story.aBooking(ravi.id)
    await story.pay(ravi.id, booking.id, 5_000)
    await expectRetried('payments.credit-referral', (await platform.messages('payment.completed')).at(-1)!)

    await story.aBooking(asha.id, { emiMonths: 12 })
    await expectNothingDone(0, () => story.askPayout(asha.id, 750, { isEmiAutoFilled: true }))
    const { id } = await story.askPayout(asha.id, 750, { isEmiAutoFilled: true })
    const approve = () =>
      approvePayout(platform.deps, { actor: actor(admin.id, 'admin'), payoutId: id, idempotency: null })
    await expectNothingDone(0, approve)
    await approve()
    await expectRetried('payouts.transfer', (await platform.messages('payout.approved')).at(-1)!)
    await expectRetried('payouts.autofill-emi', (await platform.messages('payout.completed')).at(-1)!)
    await platform.settled()
    expect(await story.walletOf(asha.id)).toMatchObject({ balance: 0n, emiReserve: 0n, totalEarned: rupees(750) })
    await platform.expectClean()
  })
})
