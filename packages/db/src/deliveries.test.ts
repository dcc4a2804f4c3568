import { beforeEach, expect, test } from 'vitest'
import type { Database } from './client.ts'
import { type DeliveryStore, deliveryStore, type NewDelivery } from './deliveries.ts'
import { eachDatabase } from './testing/index.ts'

const now = new Date('2026-11-22T10:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)
const leaseMs = 1000

function delivery(messageId: string, overrides: Partial<NewDelivery> = {}): NewDelivery {
  return { messageId, handler: 'h', envelope: { id: messageId, n: [1, null] }, availableAt: now, ...overrides }
}

eachDatabase((_provider, makeDatabase) => {
  let database: Database | undefined
  let store: DeliveryStore
  beforeEach(async () => {
    database ??= (await makeDatabase()).database
    await database.transaction((tx) => tx.messageDelivery.deleteMany())
    store = deliveryStore(database)
  })

  const claim = (limit: number, { afterMs = 0, exclusive = false } = {}) =>
    store.claim('h', limit, { leaseMs, now: at(afterMs), exclusive })
  const messagesOf = (rows: readonly { messageId: string }[]) => rows.map(({ messageId }) => messageId)

  test('a delivery is claimed once, as it was inserted', async () => {
    await store.insert([delivery('m1')])
    expect(await claim(5)).toEqual([
      { id: expect.any(Number), messageId: 'm1', handler: 'h', envelope: { id: 'm1', n: [1, null] }, attempt: 1 },
    ])
    expect(await claim(5)).toEqual([])
  })

  test('a pair of message and handler is kept once, in whatever state it is', async () => {
    await store.insert([delivery('m1'), delivery('m1', { handler: 'other' }), delivery('m2')])
    const [first] = await claim(1)
    await store.park(first?.id ?? 0, 'because')
    await store.insert([delivery('m1', { envelope: 'changed' }), delivery('m2'), delivery('m3')])
    expect(messagesOf(await claim(10))).toEqual(['m2', 'm3'])
    expect(messagesOf(await store.parked('h', 10))).toEqual(['m1'])
  })

  test('twenty claimants get every row exactly once', async () => {
    await store.insert(Array.from({ length: 300 }, (_, index) => delivery(`m${index}`)))
    const claimed: number[] = []
    for (let round = 0; claimed.length < 300 && round < 50; round += 1) {
      const pages = await Promise.all(Array.from({ length: 20 }, () => claim(10)))
      claimed.push(...pages.flat().map(({ id }) => id))
    }
    expect(claimed).toHaveLength(300)
    expect(new Set(claimed).size).toBe(300)
  })

  test('rows come in order of id, and only those of the handler that are available', async () => {
    await store.insert([delivery('late', { availableAt: at(1) }), delivery('b'), delivery('a')])
    await store.insert([delivery('c', { handler: 'other' })])
    expect(messagesOf(await claim(10))).toEqual(['b', 'a'])
    expect(messagesOf(await claim(10, { afterMs: 1 }))).toEqual(['late'])
  })

  test('exclusively, nothing is claimed while a row of the handler is in hand', async () => {
    await store.insert([delivery('m1'), delivery('m2'), delivery('m3')])
    const pages = await Promise.all(Array.from({ length: 8 }, () => claim(2, { exclusive: true })))
    expect(pages.flat().map(({ messageId }) => messageId)).toEqual(['m1', 'm2'])
    expect(await claim(2, { exclusive: true })).toEqual([])
    await store.settle(pages.flat().map(({ id }) => id))
    expect(messagesOf(await claim(2, { exclusive: true }))).toEqual(['m3'])
  })

  test('a lease that ran out gives the row back, one that was extended does not', async () => {
    await store.insert([delivery('m1'), delivery('m2')])
    const [first] = await claim(2)
    await store.extendLease([first?.id ?? 0], { leaseMs, now: at(500) })
    expect(await claim(2, { afterMs: leaseMs - 1 })).toEqual([])
    expect(messagesOf(await claim(2, { afterMs: leaseMs }))).toEqual(['m2'])
    expect(messagesOf(await claim(2, { afterMs: leaseMs + 500 }))).toEqual(['m1'])
  })

  test('a retry waits for its time and counts attempts', async () => {
    await store.insert([delivery('m1')])
    const [row] = await claim(1)
    await store.retry(row?.id ?? 0, { availableAt: at(50), attempt: 2, reason: 'fault' })
    expect(await claim(1, { afterMs: 49 })).toEqual([])
    expect(await claim(1, { afterMs: 50 })).toMatchObject([{ messageId: 'm1', attempt: 2 }])
  })

  test('parked rows are listed, counted and made ready again', async () => {
    await store.insert([delivery('m1'), delivery('m2'), delivery('m3'), delivery('m1', { handler: 'other' })])
    const rows = await claim(3)
    for (const { id } of rows) await store.park(id, 'r'.repeat(2000))
    expect(await store.parked('h', 2)).toMatchObject([
      { messageId: 'm1', reason: 'r'.repeat(1000) },
      { messageId: 'm2', reason: 'r'.repeat(1000) },
    ])
    expect(await store.countParked()).toEqual(new Map([['h', 3]]))
    expect(await store.redrive('h', [rows[1]?.id ?? 0, 999_999], at(5))).toBe(1)
    expect(await claim(5, { afterMs: 5 })).toMatchObject([{ messageId: 'm2', attempt: 1 }])
    expect(await store.discard('h', [rows[0]?.id ?? 0, 999_999])).toBe(1)
    expect(await store.redrive('h', 'all', at(5))).toBe(1)
    expect(await store.countParked()).toEqual(new Map())
  })

  test('settled rows are gone, and unknown ids are passed over', async () => {
    await store.insert([delivery('m1')])
    const [row] = await claim(1)
    await store.settle([row?.id ?? 0, 999_999])
    await store.retry(999_999, { availableAt: now, attempt: 2, reason: '' })
    await store.park(999_999, '')
    expect(await database?.read.messageDelivery.count()).toBe(0)
  })
})
