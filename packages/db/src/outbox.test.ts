import { beforeEach, expect, test } from 'vitest'
import type { Database } from './client.ts'
import {
  addMessage,
  addMessages,
  countUnpublished,
  deletePublished,
  type NewMessage,
  oldestUnpublishedAgeMs,
} from './outbox.ts'
import { type OutboxRow, outboxSource, type PublishedPage } from './outbox-source.ts'
import { eachDatabase } from './testing/index.ts'

const written = new Date('2026-11-22T10:00:00Z')
const later = new Date('2026-11-22T10:05:00Z')
const clock = { now: () => later }

function message(paymentId: number, overrides: Partial<NewMessage> = {}): NewMessage {
  return { id: crypto.randomUUID(), name: 'payment.completed', payload: { paymentId }, now: written, ...overrides }
}

const allPublished = async (rows: OutboxRow[]): Promise<PublishedPage> => ({
  publishedIds: rows.map(({ id }) => id),
  failed: [],
})

eachDatabase((provider, makeDatabase) => {
  let database: Database
  let made: Database | undefined
  beforeEach(async () => {
    made ??= (await makeDatabase()).database
    database = made
    await database.transaction((tx) => tx.outboxMessage.deleteMany())
  })

  const add = (count: number) =>
    database.transaction((tx) =>
      addMessages(
        tx,
        Array.from({ length: count }, (_, index) => message(index + 1)),
      ),
    )

  test('a message is there when its transaction committed, and not when it did not', async () => {
    const { id } = message(1)
    await database.transaction((tx) => addMessage(tx, message(1, { id, requestId: 'r-1', traceparent: '00-1' })))
    const failing = database.transaction(async (tx) => {
      await addMessage(tx, message(2))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const pages: OutboxRow[][] = []
    await outboxSource(database, clock).claim(10, async (rows) => {
      pages.push(rows)
      return allPublished(rows)
    })
    expect(pages).toEqual([
      [
        {
          id: expect.any(Number),
          messageId: id,
          name: 'payment.completed',
          payload: { paymentId: 1 },
          occurredAt: written,
          requestId: 'r-1',
          traceparent: '00-1',
        },
      ],
    ])
  })

  test('pages come in order and are published once', async () => {
    await add(5)
    const source = outboxSource(database, clock)
    const seen: unknown[] = []
    const publish = async (rows: OutboxRow[]) => {
      seen.push(rows.map(({ payload }) => (payload as { paymentId: number }).paymentId))
      return allPublished(rows)
    }
    expect(await source.claim(3, publish)).toEqual({ claimed: 3 })
    expect(await source.claim(3, publish)).toEqual({ claimed: 2 })
    expect(await source.claim(3, publish)).toEqual({ claimed: 0 })
    expect(seen).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  test('what failed stays with its reason, and after ten failures comes after the others', async () => {
    await add(2)
    const source = outboxSource(database, clock)
    const failAll = async (rows: OutboxRow[]): Promise<PublishedPage> => ({
      publishedIds: [],
      failed: rows.map(({ id }) => ({ id, reason: 'x'.repeat(2000) })),
    })
    for (let attempt = 0; attempt < 10; attempt += 1) await source.claim(2, failAll)
    expect(await database.read.outboxMessage.findMany({ select: { attempts: true, lastError: true } })).toEqual([
      { attempts: 10, lastError: 'x'.repeat(1000) },
      { attempts: 10, lastError: 'x'.repeat(1000) },
    ])
    await database.transaction((tx) => addMessage(tx, message(3)))
    const order: unknown[] = []
    await source.claim(2, async (rows) => {
      order.push(...rows.map(({ payload }) => payload))
      return allPublished(rows)
    })
    expect(order).toEqual([{ paymentId: 3 }, { paymentId: 1 }])
    expect(await countUnpublished(database.read)).toBe(1)
  })

  test('nothing is marked when publishing throws', async () => {
    await add(2)
    const claim = outboxSource(database, clock).claim(2, () => Promise.reject(new Error('broker gone')))
    await expect(claim).rejects.toThrow('broker gone')
    expect(await countUnpublished(database.read)).toBe(2)
  })

  test('publishing may write to the same database', async () => {
    await add(1)
    await outboxSource(database, clock).claim(1, async (rows) => {
      await database.transaction((tx) =>
        tx.lease.create({ data: { name: 'written', holder: '', fencingToken: 0, expiresAt: later } }),
      )
      return allPublished(rows)
    })
    expect(await countUnpublished(database.read)).toBe(0)
    expect(await database.read.lease.count({ where: { name: 'written' } })).toBe(1)
  })

  test('a thousand messages in one transaction', async () => {
    await add(1000)
    expect(await countUnpublished(database.read)).toBe(1000)
  })

  test('tells how many wait and how long the oldest has waited', async () => {
    expect(await oldestUnpublishedAgeMs(database.read, later)).toBeNull()
    await add(2)
    expect(await oldestUnpublishedAgeMs(database.read, later)).toBe(300_000)
    expect(await countUnpublished(database.read)).toBe(2)
  })

  test('old published messages are removed, up to a limit; waiting ones never', async () => {
    await add(4)
    await outboxSource(database, clock).claim(3, allPublished)
    const remove = (before: Date, limit = 10) => database.transaction((tx) => deletePublished(tx, { before, limit }))
    expect(await remove(later)).toBe(0)
    const afterwards = new Date(later.getTime() + 1)
    expect(await remove(afterwards, 2)).toBe(2)
    expect(await remove(afterwards)).toBe(1)
    expect(await countUnpublished(database.read)).toBe(1)
  })

  if (provider === 'mysql') {
    test('two relays at once share the work', async () => {
      await add(10)
      const source = outboxSource(database, clock)
      const pages: number[][] = []
      let bothHaveOne = () => {}
      const together = new Promise<void>((resolve) => {
        bothHaveOne = resolve
      })
      const publish = async (rows: OutboxRow[]) => {
        pages.push(rows.map(({ id }) => id))
        if (pages.length === 2) bothHaveOne()
        await together
        return allPublished(rows)
      }
      await Promise.all([source.claim(5, publish), source.claim(5, publish)])
      expect(new Set(pages.flat()).size).toBe(10)
      expect(await countUnpublished(database.read)).toBe(0)
    })
  }
})
