import { type Envelope, parseDelivery } from '../envelope.ts'
import { type HandlerName, type HandlerPolicy, handlerNames, handlersOf, policyOf } from '../handler-catalogue.ts'
import { reasonIn } from '../outcome.ts'
import type { Clock, Log, ParkedMessage, PublishOutcome, Transport } from '../transport.ts'
import { type Consumer, createConsumer } from './consumer.ts'
import type { DeliveryStore, NewDelivery, ParkedRow } from './delivery-store.ts'

export type DatabaseTransportOptions = {
  readonly store: DeliveryStore
  readonly clock: Clock
  readonly log: Log
  /** How often a queue is looked at without a wake-up: the delay of retries and of messages from other processes. Default 1 s. */
  readonly pollMs?: number
  /** How long a killed process keeps its messages. Renewed while a handler runs. Default 30 s. */
  readonly leaseMs?: number
  /** Replaces the policies of the catalogue. */
  readonly policyOf?: (handler: HandlerName) => HandlerPolicy
}

/** The embedded broker: queues in a table of the platform's own database. */
export function createDatabaseTransport(options: DatabaseTransportOptions): Transport {
  const { store, clock, log, pollMs = 1_000, leaseMs = 30_000 } = options
  const policy = options.policyOf ?? policyOf
  const consumers = new Set<Consumer>()
  let isClosed = false

  return {
    async publish(envelopes) {
      if (isClosed) return envelopes.map(() => failed('broker', 'the transport is closed'))
      const deliveries = envelopes.flatMap((envelope) => deliveriesOf(envelope, clock.now()))
      try {
        if (deliveries.length > 0) await store.insert(deliveries)
      } catch (error) {
        return envelopes.map(() => failed('broker', reasonIn(error)))
      }
      const touched = new Set(deliveries.map(({ handler }) => handler))
      for (const consumer of consumers) if (touched.has(consumer.handler)) consumer.wake()
      return envelopes.map((envelope) =>
        handlersOf(envelope.name).length > 0
          ? { kind: 'confirmed' }
          : failed('message', `no handler takes ${envelope.name}`),
      )
    },

    async subscribe(handler, deliver) {
      if (isClosed) throw new Error('The transport is closed.')
      const consumer = createConsumer({ store, clock, log, pollMs, leaseMs, handler, deliver, policy: policy(handler) })
      consumers.add(consumer)
      return {
        async close(limits) {
          consumers.delete(consumer)
          await consumer.close(limits)
        },
      }
    },

    async parked(handler, { limit }) {
      const rows = await store.parked(handler, limit)
      return rows.map((row) => toParkedMessage(handler, row))
    },

    async parkedCount() {
      const counts = await store.countParked()
      return Object.fromEntries(handlerNames.map((name) => [name, counts.get(name) ?? 0])) as Record<
        HandlerName,
        number
      >
    },

    async redrive(handler, ids) {
      const moved = await store.redrive(handler, ids === 'all' ? ids : rowIdsOf(ids), clock.now())
      for (const consumer of consumers) if (consumer.handler === handler) consumer.wake()
      return moved
    },

    discard: (handler, ids) => store.discard(handler, rowIdsOf(ids)),

    async check() {
      if (isClosed) return { state: 'down', detail: 'closed' }
      try {
        await store.countParked()
        return { state: 'up' }
      } catch (error) {
        return { state: 'down', detail: reasonIn(error) }
      }
    },

    async close(limits) {
      isClosed = true
      await Promise.all([...consumers].map((consumer) => consumer.close(limits)))
      consumers.clear()
    },
  }
}

const rowIdsOf = (ids: readonly string[]) => ids.map(Number).filter(Number.isSafeInteger)

function deliveriesOf(envelope: Envelope, now: Date): NewDelivery[] {
  return handlersOf(envelope.name).map((handler) => ({ messageId: envelope.id, handler, envelope, availableAt: now }))
}

function failed(cause: 'broker' | 'message', reason: string): PublishOutcome {
  return { kind: 'failed', cause, reason }
}

function toParkedMessage(handler: HandlerName, row: ParkedRow): ParkedMessage {
  const raw = JSON.stringify(row.envelope) ?? 'null'
  return {
    id: String(row.id),
    handler,
    envelope: parseOrNull(handler, raw),
    raw,
    reason: row.reason,
    attempt: row.attempt,
  }
}

function parseOrNull(handler: HandlerName, raw: string): Envelope | null {
  try {
    return parseDelivery(handler, raw)
  } catch {
    return null
  }
}
