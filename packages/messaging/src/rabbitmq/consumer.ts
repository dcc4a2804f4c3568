import { randomUUID } from 'node:crypto'
import type { ConfirmChannel, ConsumeMessage } from 'amqplib'
import { deliverInTime } from '../deliver-in-time.ts'
import { parseDelivery } from '../envelope.ts'
import type { HandlerName, HandlerPolicy } from '../handler-catalogue.ts'
import { createInHand } from '../in-hand.ts'
import { nextStep, type Outcome, outcomeOf } from '../outcome.ts'
import type { Deliver, Delivered, Log, Subscription } from '../transport.ts'
import { createBatcher } from './batcher.ts'
import { confirmedSender, type Send } from './confirmed-sender.ts'
import type { Connection } from './connection.ts'
import { keepChannel } from './kept-channel.ts'
import { declareHandler, parkedQueueName, queueName, retryQueueName } from './topology.ts'
import { attemptHeaders, attemptOf, idOf } from './wire.ts'

export type ConsumerOptions<H extends HandlerName> = {
  readonly connection: Connection
  readonly prefix: string
  readonly handler: H
  readonly policy: HandlerPolicy
  readonly deliver: Deliver<H>
  readonly log: Log
  readonly delayMs: (failures: number) => number
  readonly redeclareAfterMs: number
  readonly confirmTimeoutMs: number
}

/** One open channel of the consumer. A delivery is settled on the channel that brought it, or never: its number means nothing elsewhere. */
type Session = {
  readonly channel: ConfirmChannel
  readonly send: Send
  readonly reset: (reason: string) => void
  readonly consumerTag: string
}

type Taken<H extends HandlerName> = {
  readonly session: Session
  readonly message: ConsumeMessage
  readonly delivered: Delivered<H>
}

/** Works the queue of one handler through every loss of channel or connection. Prefetch bounds what is in hand. */
export function consume<H extends HandlerName>(options: ConsumerOptions<H>): Subscription {
  const { connection, prefix, handler, policy, deliver, log, delayMs, redeclareAfterMs, confirmTimeoutMs } = options
  const queue = queueName(prefix, handler)
  const inHand = createInHand()
  let stopping = false

  const batcher = createBatcher<Taken<H>>({ batch: policy.batch, inHand, work })
  const kept = keepChannel<Session>({ connection, name: queue, log, delayMs, redeclareAfterMs, setup: openSession })

  async function openSession(channel: ConfirmChannel, reset: (reason: string) => void): Promise<Session> {
    await declareHandler(channel, prefix, handler, policy)
    await channel.prefetch(policy.prefetch)
    const consumerTag = `${queue}-${randomUUID()}`
    const session = { channel, reset, consumerTag, send: confirmedSender(channel, { timeoutMs: confirmTimeoutMs }) }
    channel.on('close', batcher.discard)
    const onMessage = (message: ConsumeMessage | null) => {
      if (message === null) reset('the broker ended the subscription')
      else if (!stopping) receive(session, message)
    }
    await channel.consume(queue, onMessage, { consumerTag })
    return session
  }

  function receive(session: Session, message: ConsumeMessage) {
    try {
      const envelope = parseDelivery(handler, message.content.toString('utf8'))
      batcher.add({ session, message, delivered: { envelope, attempt: attemptOf(message) } })
    } catch (error) {
      inHand.add(settle(session, message, outcomeOf(error)))
    }
  }

  async function work(taken: readonly Taken<H>[]) {
    const batch = taken.map(({ delivered }) => delivered)
    const outcomes = await deliverInTime({ handler, policy, deliver, batch, log })
    await Promise.all(
      taken.map(({ session, message }, i) =>
        settle(session, message, outcomes[i] ?? { kind: 'retry', reason: 'no outcome' }),
      ),
    )
  }

  /** Never rejects. What cannot be settled ends its channel, and the broker gives everything unsettled back. */
  async function settle({ channel, send, reset }: Session, message: ConsumeMessage, outcome: Outcome): Promise<void> {
    if (outcome.kind !== 'done') {
      const moved = await moveOn(send, message, outcome)
      if (moved.kind === 'failed') return reset(`a failed message could not be moved on: ${moved.reason}`)
    }
    try {
      channel.ack(message)
    } catch {
      log.warn(
        { handler, messageId: idOf(message) },
        'The channel of a delivery was lost before its end; it will be delivered again.',
      )
    }
  }

  function moveOn(send: Send, message: ConsumeMessage, outcome: Exclude<Outcome, { kind: 'done' }>) {
    const attempt = attemptOf(message)
    const next = outcome.kind === 'retry' ? nextStep(attempt, policy.retryStepsMs) : ({ kind: 'park' } as const)
    const messageId = idOf(message)
    const facts = { handler, messageId, attempt, reason: outcome.reason }
    const parcel = { exchange: '', content: message.content, messageId }
    if (next.kind === 'park') {
      log.error(facts, 'A message was parked.')
      const headers = attemptHeaders({ attempt, reason: outcome.reason })
      return send({ ...parcel, routingKey: parkedQueueName(prefix, handler), headers })
    }
    log.warn({ ...facts, delayMs: next.delayMs }, 'A message will be tried again.')
    const headers = attemptHeaders({ attempt: attempt + 1, reason: outcome.reason })
    return send({ ...parcel, routingKey: retryQueueName(prefix, handler, next.delayMs), headers })
  }

  return {
    async close({ graceMs }) {
      stopping = true
      // Not waited for: a broker that is silent must not hold up the shutdown, and what still arrives is left unsettled.
      const session = kept.current()
      session?.channel.cancel(session.consumerTag).catch(() => {})
      batcher.discard()
      const left = await inHand.drain(graceMs)
      if (left > 0) log.warn({ handler, left }, 'Closed with deliveries unfinished; the broker gives them back.')
      await kept.close()
    },
  }
}
