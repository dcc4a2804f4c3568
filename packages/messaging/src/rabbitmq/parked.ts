import type { ConfirmChannel, GetMessage } from 'amqplib'
import { parseDelivery } from '../envelope.ts'
import type { HandlerName } from '../handler-catalogue.ts'
import type { ParkedMessage } from '../transport.ts'
import type { Send } from './confirmed-sender.ts'
import { parkedQueueName, queueName } from './topology.ts'
import { attemptOf, idOf, reasonOf } from './wire.ts'

type Place = { readonly channel: ConfirmChannel; readonly prefix: string; readonly handler: HandlerName }

/** So many messages are moved with one round of confirms. */
const portion = 100

/** How many messages wait in the handler's parked queue; what another reader has in hand is not counted. */
export async function countParked({ channel, prefix, handler }: Place): Promise<number> {
  return (await channel.checkQueue(parkedQueueName(prefix, handler))).messageCount
}

/** Looks at parked messages. They go back into their queue when the caller closes the channel. */
export async function listParked(place: Place, limit: number): Promise<readonly ParkedMessage[]> {
  const messages = await take(place, limit)
  return messages.map((message) => toParkedMessage(place.handler, message))
}

/**
 * Moves parked messages back to their handler's queue: all, or those with these ids. A message leaves the parked queue
 * only after the handler's queue has confirmed it; one that was passed by goes back when the caller closes the channel.
 */
export async function redriveParked(place: Place, send: Send, ids: readonly string[] | 'all'): Promise<number> {
  let moved = 0
  for await (const chosen of portionsOf(place, ids)) {
    const outcomes = await Promise.all(chosen.map((message) => send(asFirstAttempt(place, message))))
    chosen.forEach((message, i) => {
      if (outcomes[i]?.kind === 'confirmed') place.channel.ack(message)
    })
    const failure = outcomes.find((outcome) => outcome.kind === 'failed')
    if (failure !== undefined) throw new Error(`Redrive stopped after ${moved} messages: ${failure.reason}`)
    moved += chosen.length
  }
  return moved
}

/** Takes the parked messages with these ids away for good. */
export async function discardParked(place: Place, ids: readonly string[]): Promise<number> {
  let gone = 0
  for await (const chosen of portionsOf(place, ids)) {
    for (const message of chosen) place.channel.ack(message)
    gone += chosen.length
  }
  return gone
}

/** Takes every parked message in hand once, and gives out those that are wanted. */
async function* portionsOf(place: Place, ids: readonly string[] | 'all'): AsyncGenerator<readonly GetMessage[]> {
  const wanted = ids === 'all' ? null : new Set(ids)
  let left = await countParked(place)
  while (left > 0) {
    const messages = await take(place, Math.min(left, portion))
    if (messages.length === 0) return
    left -= messages.length
    yield messages.filter((message) => wanted === null || wanted.has(idOf(message)))
  }
}

async function take({ channel, prefix, handler }: Place, limit: number): Promise<readonly GetMessage[]> {
  const messages: GetMessage[] = []
  while (messages.length < limit) {
    const message = await channel.get(parkedQueueName(prefix, handler), { noAck: false })
    if (message === false) break
    messages.push(message)
  }
  return messages
}

function asFirstAttempt({ prefix, handler }: Place, message: GetMessage) {
  return {
    exchange: '',
    routingKey: queueName(prefix, handler),
    content: message.content,
    messageId: idOf(message),
    headers: {},
  }
}

function toParkedMessage(handler: HandlerName, message: GetMessage): ParkedMessage {
  const raw = message.content.toString('utf8')
  return {
    id: idOf(message),
    handler,
    envelope: parseOrNull(handler, raw),
    raw,
    reason: reasonOf(message),
    attempt: attemptOf(message),
  }
}

function parseOrNull(handler: HandlerName, raw: string) {
  try {
    return parseDelivery(handler, raw)
  } catch {
    return null
  }
}
