import type { ConfirmChannel } from 'amqplib'
import { growingDelay } from '../growing-delay.ts'
import { type HandlerName, type HandlerPolicy, handlerNames, policyOf } from '../handler-catalogue.ts'
import type { Log, PublishOutcome, Subscription, Transport } from '../transport.ts'
import { confirmedSender } from './confirmed-sender.ts'
import { keepConnection } from './connection.ts'
import { consume } from './consumer.ts'
import { closeQuietly, endOf, keepChannel } from './kept-channel.ts'
import { countParked, discardParked, listParked, redriveParked } from './parked.ts'
import { openPublisher, type Publish } from './publisher.ts'

export type RabbitTransportOptions = {
  /** `amqp://user:password@host:port/vhost` */
  readonly url: string
  readonly log: Log
  /** Put before the name of the exchange and every queue. Default none. */
  readonly prefix?: string
  /** Two silent intervals end a connection. Default 10. */
  readonly heartbeatSeconds?: number
  /** Default 10 s. */
  readonly connectTimeoutMs?: number
  /** How long a publisher's confirm may take. Below the time limit of the transaction that the relay publishes in. Default 10 s. */
  readonly confirmTimeoutMs?: number
  /** The pause before a connection or channel is opened again; `random` (0 to 1) spreads it. Default 0.2 s doubling up to 15 s. */
  readonly reconnect?: { readonly firstMs: number; readonly maxMs: number; readonly random?: () => number }
  /** How long a queue or an exchange that is missing stays so before it is declared again. Default 2 s. */
  readonly redeclareAfterMs?: number
  /** Replaces the policies of the catalogue. */
  readonly policyOf?: (handler: HandlerName) => HandlerPolicy
}

/** The broker over RabbitMQ 3.10 or newer. Returns at once and connects by itself, for ever, until closed. */
export function createRabbitTransport(options: RabbitTransportOptions): Transport {
  const { url, log, prefix = '', heartbeatSeconds = 10, connectTimeoutMs = 10_000 } = options
  const { confirmTimeoutMs = 10_000, redeclareAfterMs = 2_000 } = options
  const policy = options.policyOf ?? policyOf
  const reconnect = options.reconnect ?? { firstMs: 200, maxMs: 15_000 }
  const delayMs = (failures: number) => growingDelay(failures, reconnect)
  const connection = keepConnection({ url, heartbeatSeconds, connectTimeoutMs, delayMs, log })
  const publisher = keepChannel<Publish>({
    connection,
    name: `${prefix}publisher`,
    log,
    delayMs,
    redeclareAfterMs,
    setup: (channel) => openPublisher(channel, { prefix, policyOf: policy, confirmTimeoutMs, redeclareAfterMs }),
  })
  const subscriptions = new Set<Subscription>()
  let isClosed = false

  /** Runs one piece of work on a channel of its own, and closes it. */
  async function onChannel<T>(work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
    const model = connection.current()
    if (model === null) throw new Error(`RabbitMQ is not connected: ${connection.health().detail ?? ''}`)
    const channel = await model.createConfirmChannel()
    const ended = endOf(channel)
    try {
      return await work(channel)
    } finally {
      closeQuietly(channel)
      await ended
    }
  }

  return {
    async publish(envelopes) {
      const publish = publisher.current()
      if (publish === null) return envelopes.map(() => notConnected(publisher.trouble()))
      return publish(envelopes)
    },

    async subscribe(handler, deliver) {
      if (isClosed) throw new Error('The transport is closed.')
      const subscription = consume({
        connection,
        prefix,
        handler,
        policy: policy(handler),
        deliver,
        log,
        delayMs,
        redeclareAfterMs,
        confirmTimeoutMs,
      })
      subscriptions.add(subscription)
      return {
        async close(limits) {
          subscriptions.delete(subscription)
          await subscription.close(limits)
        },
      }
    },

    parked: (handler, { limit }) => onChannel((channel) => listParked({ channel, prefix, handler }, limit)),

    parkedCount: () =>
      onChannel(async (channel) => {
        const counts: [HandlerName, number][] = []
        for (const handler of handlerNames) counts.push([handler, await countParked({ channel, prefix, handler })])
        return Object.fromEntries(counts) as Record<HandlerName, number>
      }),

    redrive: (handler, ids) =>
      onChannel((channel) => {
        const send = confirmedSender(channel, { timeoutMs: confirmTimeoutMs })
        return redriveParked({ channel, prefix, handler }, send, ids)
      }),

    discard: (handler, ids) => onChannel((channel) => discardParked({ channel, prefix, handler }, ids)),

    async check() {
      const health = connection.health()
      if (health.state === 'down' || publisher.current() !== null) return health
      return { state: 'down', detail: publisher.trouble() ?? 'no channel' }
    },

    async close(limits) {
      isClosed = true
      await Promise.all([...subscriptions].map((subscription) => subscription.close(limits)))
      subscriptions.clear()
      await Promise.all([publisher.close(), connection.close()])
    },
  }
}

function notConnected(trouble: string | null): PublishOutcome {
  return { kind: 'failed', cause: 'broker', reason: `not connected: ${trouble ?? 'no channel'}` }
}
