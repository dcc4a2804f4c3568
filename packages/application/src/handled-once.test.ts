import { addMessage, sha256Hex, type Tx } from '@ev/db'
import { eachDatabase, type TestDatabase } from '@ev/db/testing'
import { DomainError } from '@ev/domain'
import { manualClock, systemIds } from '@ev/runtime'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import { handledOnce, messageKeyHash } from './handled-once.ts'
import { answerOnce } from './once.ts'

eachDatabase((_name, makeDatabase) => {
  const clock = manualClock(new Date('2026-11-20T06:00:00.000Z'))
  let database: TestDatabase['database']
  beforeAll(async () => {
    database = (await makeDatabase()).database
  })

  const aMessage = () => ({ id: systemIds.timeOrderedUuid(), name: 'pair.matched' }) as const
  const handle = (message: ReturnType<typeof aMessage>, work: (tx: Tx) => Promise<void>) =>
    handledOnce({ db: database, clock }, { handler: 'pairs.credit', message }, work)
  const write = (key: string) => async (tx: Tx) => {
    await tx.setting.create({ data: { key, value: 1, updatedAt: clock.now() } })
    await addMessage(tx, { id: systemIds.timeOrderedUuid(), name: key, payload: {}, now: clock.now() })
  }
  const written = async (key: string) => [
    await database.read.setting.count({ where: { key } }),
    await database.read.outboxMessage.count({ where: { name: key } }),
  ]

  test('work that throws after its writes leaves neither them nor a message nor a memory, and is done by the next attempt', async () => {
    const message = aMessage()
    const attempt = handle(message, async (tx) => {
      await write('halfway')(tx)
      throw new Error('The process dies here.')
    })
    await expect(attempt).rejects.toThrow('The process dies here.')
    expect(await written('halfway')).toEqual([0, 0])
    await handle(message, write('halfway'))
    expect(await written('halfway')).toEqual([1, 1])
  })

  test('a refusal leaves as little as a fault', async () => {
    const message = aMessage()
    const attempt = handle(message, async (tx) => {
      await write('refused')(tx)
      throw new DomainError('payout.transition_refused')
    })
    await expect(attempt).rejects.toMatchObject({ code: 'payout.transition_refused' })
    expect(await written('refused')).toEqual([0, 0])
  })

  test('many deliveries at the same moment do the work once', async () => {
    const message = aMessage()
    await Promise.all(times(8, () => handle(message, write('once'))))
    expect(await written('once')).toEqual([1, 1])
  })

  test('two handlers of one message each do their own work', async () => {
    const message = { id: systemIds.timeOrderedUuid(), name: 'payment.completed' } as const
    const handlers = ['payments.credit-referral', 'notifications.deliver'] as const
    for (const handler of handlers) {
      await handledOnce({ db: database, clock }, { handler, message }, write(`by ${handler}`))
      expect(await written(`by ${handler}`)).toEqual([1, 1])
    }
  })

  test('one key is one request: one effect and one answer for all, and another body is refused', async () => {
    const key = { scope: 'user:1:pay', keyHash: 'a'.repeat(64), fingerprint: 'b'.repeat(64) }
    const answers = await Promise.all(
      times(8, (n) =>
        answerOnce({ db: database, clock }, key, async (tx) => {
          await write('paid')(tx)
          return { by: n, amount: 500n }
        }),
      ),
    )
    expect(await written('paid')).toEqual([1, 1])
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(new Set(answers.map(({ value }) => value.by)).size).toBe(1)
    const other = answerOnce({ db: database, clock }, { ...key, fingerprint: 'c'.repeat(64) }, async () => null)
    await expect(other).rejects.toMatchObject({ code: 'idempotency.key_reused' })
  })
})

test('a key is ordered as its message is, and one of a message from before ids were ordered is what it was', () => {
  const ids = times(100, () => systemIds.timeOrderedUuid())
  const keys = ids.map(messageKeyHash)
  expect(keys).toEqual([...keys].sort())
  expect(new Set(keys).size).toBe(ids.length)
  expect(keys[0]).toMatch(/^[\da-f]{64}$/)
  const earlier = systemIds.uuid()
  expect(messageKeyHash(earlier)).toBe(sha256Hex(earlier))
})
