import type { Database } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { until } from '@ev/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type BookingStories, bookingStories, online } from './bookings/testing/stories.ts'
import { LOCK_TTL_MS } from './http/idempotency.ts'
import { anApi, type Caller, type TestApi } from './testing/an-api.ts'

const never = new Promise<never>(() => {})

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let story: BookingStories
  let member: Caller
  let bookingId: number
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    story = bookingStories(api)
    member = await api.aMember()
    bookingId = await story.aBooking(member)
  })
  afterEach(() => api.expectSettledClean())

  /** Another process of the same platform, whose database answers as the test says. */
  const anotherProcess = async (once: Database['once']) => {
    const { db, cache, clock } = api.deps
    return bookingStories(await anApi(db, {}, { db: { ...db, once }, cache, clock }))
  }
  const payments = () => api.deps.db.read.payment.count({ where: { bookingId } })
  const records = () => api.deps.db.read.idempotencyRecord.count({ where: { scope: { startsWith: `${member.id}:` } } })

  /** Sends a payment that will never be answered, and gives it up when it has come as far as it will. */
  const sendTo = async (process: BookingStories, key: string, isReached: () => boolean | Promise<boolean>) => {
    const sent = process.pay(member, bookingId, online(600), key)
    sent.then(
      () => {},
      () => {},
    )
    await until(isReached, { timeoutMs: 10_000 })
    sent.abort()
  }

  const expectRefusedForNow = async (key: string) => {
    const { status, body, headers } = await story.pay(member, bookingId, online(600), key)
    expect([status, body.code, headers['retry-after']]).toEqual([409, 'idempotency.in_progress', '1'])
  }

  describe('of a process that died with the lock of a key', () => {
    test('after its commit, the answer is given when the lock has run out, and the effect stays one', async () => {
      const before = await payments()
      const { db } = api.deps
      const dying = await anotherProcess((...asked) => db.once(...asked).then(() => never))
      await sendTo(dying, 'committed', async () => (await payments()) === before + 1)
      await expectRefusedForNow('committed')
      api.clock.advance(LOCK_TTL_MS)
      const { body, headers } = await story.pay(member, bookingId, online(600), 'committed').expect(201)
      expect([headers['idempotency-replayed'], body.amount, body.status]).toEqual(['true', '600.00', 'completed'])
      expect(await payments()).toBe(before + 1)
      expect((await story.pay(member, bookingId, online(601), 'committed').expect(409)).body.code).toBe(
        'idempotency.key_reused',
      )
    })

    test('before its commit, the request is made when the lock has run out', async () => {
      const [before, remembered] = [await payments(), await records()]
      let isReached = false
      const dying = await anotherProcess(() => {
        isReached = true
        return never
      })
      await sendTo(dying, 'not committed', () => isReached)
      await expectRefusedForNow('not committed')
      expect([await payments(), await records()]).toEqual([before, remembered])
      api.clock.advance(LOCK_TTL_MS)
      const { headers } = await story.pay(member, bookingId, online(600), 'not committed').expect(201)
      expect(headers['idempotency-replayed']).toBeUndefined()
      expect([await payments(), await records()]).toEqual([before + 1, remembered + 1])
    })

    test('is not waited for long', () => {
      expect(LOCK_TTL_MS).toBeLessThanOrEqual(15_000)
    })
  })

  test('a request that takes longer than its lock lasts is met in the database, and answered as the first', async () => {
    const before = await payments()
    const { db } = api.deps
    let finish = () => {}
    const gate = new Promise<void>((resolve) => {
      finish = resolve
    })
    let isReached = false
    const slow = await anotherProcess((key, work, options) =>
      db.once(
        key,
        async (tx) => {
          const value = await work(tx)
          isReached = true
          await gate
          return value
        },
        options,
      ),
    )
    const first = slow.pay(member, bookingId, online(600), 'slow').then((answer) => answer)
    await until(() => isReached, { timeoutMs: 10_000 })
    api.clock.advance(LOCK_TTL_MS)
    const second = story.pay(member, bookingId, online(600), 'slow').then((answer) => {
      return answer
    })
    finish()
    const answers = await Promise.all([first, second])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[1].body).toEqual(answers[0].body)
    expect(answers.map(({ headers }) => headers['idempotency-replayed'])).toEqual([undefined, 'true'])
    expect(await payments()).toBe(before + 1)
  })
})
