import {
  type Deliver,
  type Envelope,
  type HandlerName,
  handlersOf,
  type Outcome,
  parseEnvelope,
  policyOf,
  type Transport,
} from '@ev/messaging'
import { times } from '@ev/testing'
import { consumeAll } from '../consume.ts'
import type { WorkerDeps } from '../handlers.ts'

/** More rounds than any story of a test needs: each message may be the cause of others. */
const roundsAtMost = 50

/** A worker's handlers without a broker: a test reads the outbox and hands messages over when, how often and in whatever order it likes. */
export async function handDelivery(deps: WorkerDeps) {
  const queues = new Map<HandlerName, Deliver<HandlerName>>()
  await consumeAll(deps, collectingTransport(queues))
  let readUpTo = 0

  async function messages(name?: Envelope['name']): Promise<Envelope[]> {
    const rows = await outboxRows(0, name)
    return rows.map(toEnvelope)
  }

  function outboxRows(after: number, name?: string) {
    return deps.db.read.outboxMessage.findMany({
      where: { id: { gt: after }, ...(name && { name }) },
      orderBy: { id: 'asc' },
    })
  }

  /** What the handler makes of messages that come as one batch: one outcome for each. */
  function offer(handler: HandlerName, batch: readonly Envelope[]): Promise<readonly Outcome[]> {
    // The queue was subscribed with this very name; that its messages fit is what the catalogue says of the outbox.
    return queues.get(handler)!(batch.map((envelope) => ({ envelope: envelope as never, attempt: 1 })))
  }

  async function deliver(handler: HandlerName, ...batch: Envelope[]): Promise<void> {
    for (const outcome of await offer(handler, batch)) {
      if (outcome.kind !== 'done') throw new Error(`${handler}: ${outcome.kind}, ${outcome.reason}`)
    }
  }

  return {
    /** What the outbox holds, oldest first. */
    messages,
    offer,
    /** Hands messages over as one batch and expects that all are handled. */
    deliver,
    /** Hands every message to each of its handlers, and then the messages that these told, until nothing is left. */
    async deliverAll({ copies = 1, order = inOrder }: DeliveryOptions = {}): Promise<void> {
      for (let round = 0; round < roundsAtMost; round += 1) {
        const rows = await outboxRows(readUpTo)
        if (rows.length === 0) return
        readUpTo = rows.at(-1)!.id
        await deliverRound(order(rows.map(toEnvelope)), copies)
      }
      throw new Error('The messages cause each other without end.')
    },
    /** What was told so far is not handed over by `deliverAll` any more. */
    async skipAll(): Promise<void> {
      readUpTo = (await outboxRows(readUpTo)).at(-1)?.id ?? readUpTo
    },
  }

  async function deliverRound(round: readonly Envelope[], copies: number): Promise<void> {
    for (const handler of queues.keys()) {
      const own = round.filter(({ name }) => handlersOf(name).includes(handler))
      const size = policyOf(handler).batch?.max ?? 1
      for (let at = 0; at < own.length; at += size) {
        const batch = own.slice(at, at + size)
        await Promise.all(times(copies, () => deliver(handler, ...batch)))
      }
    }
  }
}

export type DeliveryOptions = {
  /** How many copies of each message come at the same moment. */
  copies?: number
  /** In which order the messages of a round are handed over. */
  order?: (round: readonly Envelope[]) => readonly Envelope[]
}

const inOrder = (round: readonly Envelope[]) => round

type Row = {
  readonly messageId: string
  readonly name: string
  readonly payload: unknown
  readonly createdAt: Date
  readonly requestId: string | null
  readonly traceparent: string | null
}

function toEnvelope({ messageId: id, name, payload, createdAt, requestId, traceparent }: Row): Envelope {
  return parseEnvelope({ id, name, payload, occurredAt: createdAt.toISOString(), requestId, traceparent })
}

function collectingTransport(queues: Map<HandlerName, Deliver<HandlerName>>): Transport {
  const never = async () => {
    throw new Error('Messages are handed over by hand here.')
  }
  return {
    async subscribe(handler, deliver) {
      queues.set(handler, deliver as Deliver<HandlerName>)
      return { close: async () => {} }
    },
    publish: never,
    parked: never,
    parkedCount: never,
    redrive: never,
    discard: never,
    check: never,
    close: async () => {},
  }
}
