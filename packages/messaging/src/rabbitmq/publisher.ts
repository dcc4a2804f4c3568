import type { ConfirmChannel } from 'amqplib'
import type { Envelope } from '../envelope.ts'
import { type HandlerName, type HandlerPolicy, handlerNames, handlersOf } from '../handler-catalogue.ts'
import { reasonIn } from '../outcome.ts'
import type { PublishOutcome } from '../transport.ts'
import { confirmedSender, type Parcel } from './confirmed-sender.ts'
import { declareHandler, exchangeName, routingKey } from './topology.ts'

/** Publishes on one open channel; one outcome for each envelope, in their order. Never rejects. */
export type Publish = (envelopes: readonly Envelope[]) => Promise<readonly PublishOutcome[]>

export type PublisherOptions = {
  readonly prefix: string
  readonly policyOf: (handler: HandlerName) => HandlerPolicy
  readonly confirmTimeoutMs: number
  readonly redeclareAfterMs: number
}

/**
 * Every handler is sent a copy of its own. The broker confirms a message when one queue has it, and says nothing of the others, so that a
 * queue or a binding that is missing could swallow the copy of one handler unseen. Every queue is declared first, so that a message
 * finds its queue before its worker was ever started; and again when copies have come back for `redeclareAfterMs`.
 */
export async function openPublisher(
  channel: ConfirmChannel,
  { prefix, policyOf, confirmTimeoutMs, redeclareAfterMs }: PublisherOptions,
): Promise<Publish> {
  const send = confirmedSender(channel, { timeoutMs: confirmTimeoutMs })
  let missingSince: number | null = null

  async function declare() {
    for (const handler of handlerNames) await declareHandler(channel, prefix, handler, policyOf(handler))
  }

  /** Whether what is missing was declared now. Throws when it could not be. */
  async function haveDeclared(): Promise<boolean> {
    missingSince ??= performance.now()
    if (performance.now() - missingSince < redeclareAfterMs) return false
    await declare()
    missingSince = null
    return true
  }

  async function sendAll(parcels: readonly Parcel[]): Promise<Map<Parcel, PublishOutcome>> {
    const outcomes = new Map((await Promise.all(parcels.map(send))).map((outcome, i) => [parcels[i]!, outcome]))
    const returned = parcels.filter((parcel) => isReturned(outcomes.get(parcel)))
    if (returned.length === 0) {
      missingSince = null
      return outcomes
    }
    let reason = 'its queue is missing and will be declared again'
    try {
      if (await haveDeclared()) {
        const again = await Promise.all(returned.map(send))
        returned.forEach((parcel, i) => {
          outcomes.set(parcel, again[i]!)
        })
        return outcomes
      }
    } catch (error) {
      reason = reasonIn(error)
    }
    for (const parcel of returned) outcomes.set(parcel, { kind: 'failed', cause: 'broker', reason })
    return outcomes
  }

  await declare()
  return async (envelopes) => {
    const parcelsOf = envelopes.map((envelope) => copiesOf(prefix, envelope))
    const outcomes = await sendAll(parcelsOf.flat())
    return envelopes.map(({ name }, i) => {
      const copies = parcelsOf[i]!.map((parcel) => outcomes.get(parcel)!)
      if (copies.length === 0) return { kind: 'failed', cause: 'message', reason: `no handler takes ${name}` }
      return copies.find(({ kind }) => kind === 'failed') ?? { kind: 'confirmed' }
    })
  }
}

const isReturned = (outcome: PublishOutcome | undefined) => outcome?.kind === 'failed' && outcome.cause === 'message'

function copiesOf(prefix: string, envelope: Envelope): Parcel[] {
  const content = Buffer.from(JSON.stringify(envelope), 'utf8')
  return handlersOf(envelope.name).map((handler) => ({
    exchange: exchangeName(prefix),
    routingKey: routingKey(envelope.name, handler),
    content,
    messageId: envelope.id,
    headers: {},
  }))
}
