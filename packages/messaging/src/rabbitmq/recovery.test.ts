import { until } from '@ev/testing'
import { type Channel, connect } from 'amqplib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Envelope } from '../envelope.ts'
import { done, type Outcome } from '../outcome.ts'
import { anEnvelope } from '../testing/builders.ts'
import { rabbitHarness, rabbitUrl } from '../testing/rabbit-harness.ts'
import { createTcpProxy, type TcpProxy } from '../testing/tcp-proxy.ts'
import type { Transport } from '../transport.ts'
import { bindingKey, exchangeName, queueName, retryQueueName } from './topology.ts'

const url = await rabbitUrl(process.env)
const grace = { graceMs: 5_000 }
const eventually = (condition: () => boolean | Promise<boolean>) => until(condition, { timeoutMs: 20_000 })

describe.skipIf(url === null)('RabbitMQ that goes away and comes back', () => {
  let proxy: TcpProxy
  let harness: ReturnType<typeof rabbitHarness>
  let transport: Transport

  beforeEach(async () => {
    const direct = new URL(url ?? '')
    proxy = await createTcpProxy({ host: direct.hostname, port: Number(direct.port || 5672) })
    const throughProxy = new URL(direct)
    throughProxy.host = `127.0.0.1:${proxy.port}`
    harness = rabbitHarness(direct.href, { url: throughProxy.href, heartbeatSeconds: 1, confirmTimeoutMs: 2_000 })
    transport = harness.open()
    await isUp()
  })
  afterEach(async () => {
    proxy.restore()
    await transport.close(grace)
    await harness.cleanUp()
    await proxy.close()
  })

  const state = async () => (await transport.check()).state
  const isUp = () => eventually(async () => (await state()) === 'up')
  const isDown = () => eventually(async () => (await state()) === 'down')

  /** Publishes like the relay does: again, until it is confirmed. */
  async function publishUntilConfirmed(envelopes: readonly Envelope[]) {
    let waiting = envelopes
    await eventually(async () => {
      const outcomes = await transport.publish(waiting)
      waiting = waiting.filter((_, i) => outcomes[i]?.kind !== 'confirmed')
      return waiting.length === 0
    })
  }

  async function onBroker(work: (channel: Channel) => Promise<unknown>) {
    const model = await connect(url ?? '')
    await work(await model.createChannel())
    await model.close()
  }

  test('publishing and consuming go on after each cut, and nothing is lost', async () => {
    const seen = new Set<string>()
    await transport.subscribe('pairs.credit', async (batch) => {
      for (const { envelope } of batch) seen.add(envelope.id)
      return batch.map(() => done)
    })
    const pairs = Array.from({ length: 600 }, (_, i) => anEnvelope('pair.matched', { pairId: i + 1 }))

    for (let page = 0; page < 6; page += 1) {
      const publishing = publishUntilConfirmed(pairs.slice(page * 100, page * 100 + 100))
      if (page % 2 === 1) {
        // In the middle of the page: what was written and not confirmed is unknown to both sides.
        proxy.cut()
        await isDown()
        proxy.restore()
      }
      await publishing
    }

    await eventually(() => seen.size === pairs.length)
    expect(seen).toEqual(new Set(pairs.map(({ id }) => id)))
  })

  test('while it is away publishing fails at once and does not throw', async () => {
    proxy.cut()
    await isDown()
    const outcomes = await transport.publish([anEnvelope('pair.matched', { pairId: 1 })])
    expect(outcomes).toMatchObject([{ kind: 'failed', cause: 'broker' }])
    await expect(transport.parkedCount()).rejects.toThrow('not connected')
  })

  test('a delivery whose channel was lost comes back, and its late end settles nothing else', async () => {
    const finish: ((outcome: Outcome) => void)[] = []
    const seen: string[] = []
    await transport.subscribe('pairs.credit', async (batch) => {
      seen.push(...batch.map(({ envelope }) => envelope.id))
      return [await new Promise<Outcome>((resolve) => finish.push(resolve))]
    })
    const pair = anEnvelope('pair.matched', { pairId: 1 })
    await publishUntilConfirmed([pair])
    await eventually(() => seen.length === 1)

    proxy.cut()
    await isDown()
    proxy.restore()
    await eventually(() => seen.length === 2)
    finish[0]?.(done)
    finish[1]?.({ kind: 'park', reason: 'the second one decides' })

    await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 1)
    expect(seen).toEqual([pair.id, pair.id])
  })

  test('silence on the wire is noticed by the heartbeat', async () => {
    const seen: string[] = []
    await transport.subscribe('pairs.credit', async (batch) => {
      seen.push(...batch.map(({ envelope }) => envelope.id))
      return batch.map(() => done)
    })
    proxy.stall()
    await isDown()
    proxy.restore()
    const pair = anEnvelope('pair.matched', { pairId: 1 })
    await publishUntilConfirmed([pair])
    await eventually(() => seen.includes(pair.id))
  })

  test('closing does not wait for a broker that is silent', async () => {
    await transport.subscribe('pairs.credit', async (batch) => batch.map(() => done))
    proxy.stall()
    let isClosed = false
    void transport.close({ graceMs: 100 }).then(() => {
      isClosed = true
    })
    await until(() => isClosed, { timeoutMs: 8_000 })
  })

  test('a queue that is deleted again and again is declared again, and its consumer goes on', async () => {
    const seen: string[] = []
    await transport.subscribe('pairs.credit', async (batch) => {
      seen.push(...batch.map(({ envelope }) => envelope.id))
      return batch.map(() => done)
    })
    // Several times, because a queue that comes back too soon makes its consumer deaf only now and then.
    for (let pairId = 1; pairId <= 6; pairId += 1) {
      const pair = anEnvelope('pair.matched', { pairId })
      await publishUntilConfirmed([pair])
      await eventually(() => seen.includes(pair.id))
      await onBroker((channel) => channel.deleteQueue(queueName(harness.prefix, 'pairs.credit')))
    }
  })

  const oneOfTwo = 'payments.credit-referral'
  type Loss = { readonly what: string; readonly lose: (channel: Channel, prefix: string) => Promise<unknown> }
  test.each<Loss>([
    { what: 'queue', lose: (channel, prefix) => channel.deleteQueue(queueName(prefix, oneOfTwo)) },
    {
      what: 'binding',
      lose: (channel, prefix) =>
        channel.unbindQueue(queueName(prefix, oneOfTwo), exchangeName(prefix), bindingKey(oneOfTwo)),
    },
    {
      what: 'exchange, of which another process has declared a part,',
      async lose(channel, prefix) {
        await channel.deleteExchange(exchangeName(prefix))
        await channel.assertExchange(exchangeName(prefix), 'topic')
        const other = 'notifications.deliver'
        await channel.bindQueue(queueName(prefix, other), exchangeName(prefix), bindingKey(other))
      },
    },
  ])('a message for two handlers reaches both though the $what of one is missing', async ({ lose }) => {
    await onBroker((channel) => lose(channel, harness.prefix))
    const payment = anEnvelope('payment.completed', { paymentId: 1 })
    await publishUntilConfirmed([payment])
    for (const handler of [oneOfTwo, 'notifications.deliver'] as const) {
      const seen: string[] = []
      await transport.subscribe(handler, async (batch) => {
        seen.push(...batch.map(({ envelope }) => envelope.id))
        return batch.map(() => done)
      })
      await eventually(() => seen.includes(payment.id))
    }
  })

  test('a failed message that cannot be moved on is not acknowledged but comes back', async () => {
    const attempts: number[] = []
    await transport.subscribe('pairs.credit', async (batch) =>
      batch.map(({ attempt }): Outcome => {
        attempts.push(attempt)
        return attempt === 1 ? { kind: 'retry', reason: 'busy' } : done
      }),
    )
    const first = anEnvelope('pair.matched', { pairId: 1 })
    await publishUntilConfirmed([first])
    await eventually(() => attempts.includes(2))
    await onBroker((channel) => channel.deleteQueue(retryQueueName(harness.prefix, 'pairs.credit', 20)))
    attempts.length = 0
    await publishUntilConfirmed([anEnvelope('pair.matched', { pairId: 2 })])
    await eventually(() => attempts.includes(2))
    // Delivered once to a missing retry queue, given back, and tried again after the queue was there.
    expect(attempts).toEqual([1, 1, 2])
  })

  test('a worker that starts before its broker begins when it comes', async () => {
    proxy.cut()
    await isDown()
    const early = rabbitHarness(url ?? '', {
      url: `amqp://guest:guest@127.0.0.1:${proxy.port}`,
      prefix: harness.prefix,
    }).open()
    const seen: string[] = []
    await early.subscribe('pairs.credit', async (batch) => {
      seen.push(...batch.map(({ envelope }) => envelope.id))
      return batch.map(() => done)
    })
    proxy.restore()
    const pair = anEnvelope('pair.matched', { pairId: 1 })
    await publishUntilConfirmed([pair])
    await eventually(() => seen.includes(pair.id))
    await early.close(grace)
  })

  test('a message that ends its consumer each time is parked by the broker', async () => {
    const pair = anEnvelope('pair.matched', { pairId: 1 })
    await publishUntilConfirmed([pair])
    await onBroker(async (channel) => {
      // Given back without an attempt of ours, as when a process dies with it; the queue says how often that may happen.
      for (let deliveries = 0; deliveries < 200; deliveries += 1) {
        const message = await channel.get(queueName(harness.prefix, 'pairs.credit'))
        if (message === false) return
        channel.reject(message, true)
      }
    })
    await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 1)
    const [parked] = await transport.parked('pairs.credit', { limit: 1 })
    expect(parked).toMatchObject({ envelope: pair, reason: expect.stringContaining('delivered too often') })
  })
})
