import { until } from '@ev/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { policyOf } from '../handler-catalogue.ts'
import { done, type Outcome } from '../outcome.ts'
import { anEnvelope, silentLog } from '../testing/builders.ts'
import { createMemoryDeliveryStore } from '../testing/memory-delivery-store.ts'
import type { Transport } from '../transport.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { createDatabaseTransport, type DatabaseTransportOptions } from './transport.ts'

const grace = { graceMs: 1_000 }
const clock = { now: () => new Date() }
const eventually = (condition: () => boolean) => until(condition, { timeoutMs: 5_000 })
const open: Transport[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.close(grace)))
})

function aTransport(store: DeliveryStore, more: Partial<DatabaseTransportOptions> = {}): Transport {
  const transport = createDatabaseTransport({ store, clock, log: silentLog, pollMs: 5, leaseMs: 60, ...more })
  open.push(transport)
  return transport
}

const forEver = () => new Promise<Outcome[]>(() => {})

test('what a killed worker had in hand comes back when its lease has run out', async () => {
  const store = createMemoryDeliveryStore()
  const pair = anEnvelope('pair.matched', { pairId: 1 })
  await aTransport(store).publish([pair])
  // The killed worker: it claimed, and is heard of no more.
  await store.claim('pairs.credit', 10, { leaseMs: 40, now: clock.now(), exclusive: false })

  const seen: unknown[] = []
  await aTransport(store).subscribe('pairs.credit', async (batch) => {
    seen.push(...batch)
    return batch.map(() => done)
  })
  await eventually(() => seen.length === 1 && store.size() === 0)
  expect(seen).toEqual([{ envelope: pair, attempt: 1 }])
})

test('a handler that runs longer than the lease keeps its message', async () => {
  const store = createMemoryDeliveryStore()
  const extensions = vi.fn(store.extendLease)
  let deliveries = 0
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const deliver = async (): Promise<Outcome[]> => {
    deliveries += 1
    await finished
    return [done]
  }
  const watched: DeliveryStore = { ...store, extendLease: extensions }
  const [one, two] = [aTransport(watched), aTransport(watched)]
  await one.subscribe('pairs.credit', deliver)
  await two.subscribe('pairs.credit', deliver)
  await one.publish([anEnvelope('pair.matched', { pairId: 1 })])

  // Six extensions of 60 ms, 20 ms apart, are well past the first lease.
  await eventually(() => extensions.mock.calls.length >= 6)
  finish()
  await eventually(() => store.size() === 0)
  expect(deliveries).toBe(1)
})

test('prefetch bounds what is in hand', async () => {
  const store = createMemoryDeliveryStore()
  const transport = aTransport(store, {
    leaseMs: 5_000,
    policyOf: (handler) => ({ ...policyOf(handler), prefetch: 3 }),
  })
  const finish: (() => void)[] = []
  let handled = 0
  await transport.subscribe('pairs.credit', async (batch) => {
    await new Promise<void>((resolve) => finish.push(resolve))
    handled += 1
    return batch.map(() => done)
  })
  await transport.publish(Array.from({ length: 9 }, (_, i) => anEnvelope('pair.matched', { pairId: i + 1 })))

  await eventually(() => finish.length >= 3)
  for (let i = 0; i < 9; i += 1) {
    expect(finish.length - handled).toBeLessThanOrEqual(3)
    await eventually(() => finish[i] !== undefined)
    finish[i]?.()
    await eventually(() => handled === i + 1)
  }
})

test('a delivery past its time limit has failed, and is told of before', async () => {
  const store = createMemoryDeliveryStore()
  const log = { ...silentLog, warn: vi.fn() }
  const transport = aTransport(store, {
    log,
    policyOf: (handler) => ({ ...policyOf(handler), warnAfterMs: 10, timeoutMs: 30, retryStepsMs: [] }),
  })
  await transport.subscribe('pairs.credit', forEver)
  await transport.publish([anEnvelope('pair.matched', { pairId: 1 })])
  await until(async () => (await transport.parkedCount())['pairs.credit'] === 1, { timeoutMs: 5_000 })
  expect((await transport.parked('pairs.credit', { limit: 1 }))[0]?.reason).toContain('took longer than 30 ms')
  expect(log.warn).toHaveBeenCalledWith(
    expect.objectContaining({ handler: 'pairs.credit' }),
    'A delivery is taking long.',
  )
})

test('closing waits no longer than it may', async () => {
  const store = createMemoryDeliveryStore()
  const transport = aTransport(store)
  let started = 0
  await transport.subscribe('pairs.credit', () => {
    started += 1
    return forEver()
  })
  await transport.publish([anEnvelope('pair.matched', { pairId: 1 })])
  await eventually(() => started === 1)
  await transport.close({ graceMs: 20 })
  expect(store.size()).toBe(1)
})

test('trouble with the table ends nothing: publishing fails, the queue is read again', async () => {
  const store = createMemoryDeliveryStore()
  let isAway = true
  const fail = () => Promise.reject(new Error('database is away'))
  const shaky: DeliveryStore = {
    ...store,
    insert: (rows) => (isAway ? fail() : store.insert(rows)),
    claim: (...args) => (isAway ? fail() : store.claim(...args)),
    countParked: () => (isAway ? fail() : store.countParked()),
  }
  const transport = aTransport(shaky)
  let handled = 0
  await transport.subscribe('pairs.credit', async (batch) => {
    handled += batch.length
    return batch.map(() => done)
  })
  const pair = anEnvelope('pair.matched', { pairId: 1 })
  expect(await transport.publish([pair])).toMatchObject([{ kind: 'failed', cause: 'broker' }])
  expect(await transport.check()).toEqual({ state: 'down', detail: 'Error: database is away' })
  isAway = false
  expect(await transport.publish([pair])).toEqual([{ kind: 'confirmed' }])
  await eventually(() => handled === 1)
})
