import { randomUUID } from 'node:crypto'
import { until } from '@ev/testing'
import { afterEach, describe, expect, test } from 'vitest'
import type { Envelope } from './envelope.ts'
import { createRelay, type OutboxRow, type OutboxSource, type Relay } from './relay.ts'
import { silentLog } from './testing/builders.ts'
import type { PublishOutcome } from './transport.ts'

const relays: Relay[] = []
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
})
const eventually = (condition: () => boolean) => until(condition, { timeoutMs: 5_000 })
const confirmed: PublishOutcome = { kind: 'confirmed' }

/** An outbox in memory: claimed rows are locked like rows under SKIP LOCKED. */
function anOutbox(
  rows: OutboxRow[],
): OutboxSource & { left: () => number[]; reasons: Map<number, string>; marks: () => number } {
  const locked = new Set<number>()
  const published = new Set<number>()
  const reasons = new Map<number, string>()
  let marks = 0
  return {
    left: () => rows.map(({ id }) => id).filter((id) => !published.has(id)),
    reasons,
    marks: () => marks,
    async claim(limit, publish) {
      const page = rows.filter(({ id }) => !published.has(id) && !locked.has(id)).slice(0, limit)
      if (page.length === 0) return { claimed: 0 }
      for (const { id } of page) locked.add(id)
      const result = await publish(page)
      for (const { id } of page) locked.delete(id)
      for (const id of result.publishedIds) published.add(id)
      for (const { id, reason } of result.failed) reasons.set(id, reason)
      marks += result.failed.length
      return { claimed: page.length }
    },
  }
}

function aRow(id: number, over: Partial<OutboxRow> = {}): OutboxRow {
  const occurredAt = new Date('2026-11-22T10:00:00Z')
  const trace = { requestId: 'r-1', traceparent: null }
  return { id, messageId: randomUUID(), name: 'pair.matched', payload: { pairId: id }, occurredAt, ...trace, ...over }
}

function rowsOf(count: number, over: Partial<OutboxRow> = {}) {
  return Array.from({ length: count }, (_, i) => aRow(i + 1, over))
}

function startRelay(
  source: OutboxSource,
  publish: (envelopes: readonly Envelope[]) => Promise<readonly PublishOutcome[]>,
  { sweepMs = 60_000, gatherMs = 0 } = {},
) {
  const options = { pageSize: 10, gatherMs, sweepMs, backoff: { firstMs: 2, maxMs: 10 } }
  const relay = createRelay({ source, transport: { publish }, log: silentLog, options })
  relays.push(relay)
  return relay
}

describe('relay', () => {
  test('publishes every row once, page by page, with what the row says', async () => {
    const rows = rowsOf(35)
    const outbox = anOutbox(rows)
    const pages: (readonly Envelope[])[] = []
    startRelay(outbox, async (envelopes) => {
      pages.push(envelopes)
      return envelopes.map(() => confirmed)
    })

    await eventually(() => outbox.left().length === 0)
    expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 5])
    expect(pages.flat().map(({ id }) => id)).toEqual(rows.map(({ messageId }) => messageId))
    expect(pages[0]?.[0]).toEqual({
      id: rows[0]?.messageId,
      name: 'pair.matched',
      payload: { pairId: 1 },
      occurredAt: '2026-11-22T10:00:00.000Z',
      requestId: 'r-1',
      traceparent: null,
    })
  })

  test('a wake-up publishes without waiting for the sweep, also one that comes during the work', async () => {
    const rows: OutboxRow[] = []
    const outbox = anOutbox(rows)
    let published = 0
    const relay = startRelay(outbox, async (envelopes) => {
      published += envelopes.length
      if (published === 1) {
        rows.push(aRow(2))
        relay.wake()
      }
      return envelopes.map(() => confirmed)
    })
    rows.push(aRow(1))
    relay.wake()
    relay.wake()
    await eventually(() => published === 2)
  })

  test('wake-ups that come close together are one look', async () => {
    const rows: OutboxRow[] = []
    const outbox = anOutbox(rows)
    const pages: number[] = []
    const publish = async (envelopes: readonly Envelope[]) => {
      pages.push(envelopes.length)
      return envelopes.map(() => confirmed)
    }
    const relay = startRelay(outbox, publish, { gatherMs: 200 })
    for (let id = 1; id <= 20; id += 1) {
      rows.push(aRow(id))
      relay.wake()
      await new Promise(setImmediate)
    }
    await eventually(() => outbox.left().length === 0)
    expect(pages).toEqual([10, 10])
  })

  test('the sweep finds what nobody told of', async () => {
    const rows: OutboxRow[] = []
    const outbox = anOutbox(rows)
    startRelay(outbox, async (envelopes) => envelopes.map(() => confirmed), { sweepMs: 5 })
    await Promise.resolve()
    rows.push(aRow(1))
    await eventually(() => outbox.left().length === 0)
  })

  test('keeps the rows while the broker is away, pausing between attempts, and publishes them after', async () => {
    const outbox = anOutbox(rowsOf(25))
    let isAway = true
    let calls = 0
    startRelay(outbox, async (envelopes) => {
      calls += 1
      return envelopes.map(
        (): PublishOutcome => (isAway ? { kind: 'failed', cause: 'broker', reason: 'away' } : confirmed),
      )
    })
    await eventually(() => calls >= 4)
    expect(outbox.left()).toHaveLength(25)
    expect(outbox.reasons.get(1)).toBe('away')
    isAway = false
    await eventually(() => outbox.left().length === 0)
  })

  test('rows that are no valid message, even more than a page of them, do not hold up those behind', async () => {
    const bad = rowsOf(25, { payload: { pairId: 'none' } })
    const good = Array.from({ length: 15 }, (_, i) => aRow(100 + i))
    const outbox = anOutbox([...bad, ...good])
    startRelay(outbox, async (envelopes) => envelopes.map(() => confirmed), { sweepMs: 5 })

    await eventually(() => outbox.left().length === 25)
    expect(outbox.left()).toEqual(bad.map(({ id }) => id))
    expect(outbox.reasons.get(1)).toContain('pairId')
    expect(outbox.marks()).toBe(25)
  })

  test('a message that no queue takes is noted and does not slow the others', async () => {
    const rows = rowsOf(3)
    const outbox = anOutbox(rows)
    const relay = startRelay(outbox, async (envelopes) =>
      envelopes.map(
        ({ id }): PublishOutcome =>
          id === rows[0]?.messageId ? { kind: 'failed', cause: 'message', reason: 'no queue' } : confirmed,
      ),
    )
    await eventually(() => outbox.left().length === 1)
    rows.push(aRow(4))
    relay.wake()
    await eventually(() => outbox.left().length === 1)
    expect(outbox.left()).toEqual([1])
    expect(outbox.reasons.get(1)).toBe('no queue')
  })

  test('several relays share the work and publish each row once', async () => {
    const rows = rowsOf(200)
    const outbox = anOutbox(rows)
    const ids: string[] = []
    const publish = async (envelopes: readonly Envelope[]) => {
      await new Promise(setImmediate)
      ids.push(...envelopes.map(({ id }) => id))
      return envelopes.map(() => confirmed)
    }
    startRelay(outbox, publish)
    startRelay(outbox, publish)
    startRelay(outbox, publish)
    await eventually(() => outbox.left().length === 0)
    expect([...ids].sort()).toEqual(rows.map(({ messageId }) => messageId).sort())
  })

  test('survives an outbox that cannot be read', async () => {
    const outbox = anOutbox(rowsOf(3))
    let failures = 2
    const shaky: OutboxSource = {
      async claim(limit, publish) {
        failures -= 1
        if (failures >= 0) throw new Error('database is away')
        return outbox.claim(limit, publish)
      },
    }
    startRelay(shaky, async (envelopes) => envelopes.map(() => confirmed))
    await eventually(() => outbox.left().length === 0)
  })

  test('stopping waits for the page in hand and takes no other', async () => {
    const outbox = anOutbox(rowsOf(30))
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    let started = 0
    const relay = startRelay(outbox, async (envelopes) => {
      started += 1
      await finished
      return envelopes.map(() => confirmed)
    })
    await eventually(() => started === 1)
    const stopping = relay.stop()
    finish()
    await stopping
    expect(started).toBe(1)
    expect(outbox.left()).toHaveLength(20)
  })
})
