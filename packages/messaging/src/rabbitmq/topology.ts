import type { Channel } from 'amqplib'
import type { HandlerName, HandlerPolicy } from '../handler-catalogue.ts'

/** So often the broker gives a message back that ends its consumer each time; then it is parked. Ordinary restarts count too, so it is generous. */
const deliveryLimit = 100

/** RabbitMQ 4 drops a message after 20 deliveries where nothing is said; looking into a parked queue is a delivery. */
const practicallyForEver = 1_000_000_000

export const exchangeName = (prefix: string) => `${prefix}events`
export const queueName = (prefix: string, handler: HandlerName) => `${prefix}${handler}`
export const parkedQueueName = (prefix: string, handler: HandlerName) => `${prefix}${handler}.parked`
export const retryQueueName = (prefix: string, handler: HandlerName, delayMs: number) =>
  `${prefix}${handler}.retry.${delayMs}`

/** The name of the message, then the handler that this copy is for: a stranger who wants to listen binds `payment.completed.#`. */
export const routingKey = (message: string, handler: HandlerName) => `${message}.${handler}`
export const bindingKey = (handler: HandlerName) => `#.${handler}`

/**
 * Declares the exchange and the queues of one handler; declaring again what is there changes nothing. A retry queue
 * holds its messages for its time and then dead-letters them back to the handler's queue. At-least-once dead-lettering
 * lets go of a message only when its next queue has it, and asks for `reject-publish`.
 */
export async function declareHandler(
  channel: Channel,
  prefix: string,
  handler: HandlerName,
  policy: HandlerPolicy,
): Promise<void> {
  const queue = queueName(prefix, handler)
  const parked = parkedQueueName(prefix, handler)

  await channel.assertExchange(exchangeName(prefix), 'topic', { durable: true })
  await channel.assertQueue(parked, quorum({ 'x-delivery-limit': practicallyForEver }))
  await channel.assertQueue(
    queue,
    quorum({
      ...deadLetterTo(parked),
      'x-delivery-limit': deliveryLimit,
      ...(policy.singleActive ? { 'x-single-active-consumer': true } : {}),
    }),
  )
  for (const delayMs of new Set(policy.retryStepsMs)) {
    const pause = quorum({ ...deadLetterTo(queue), 'x-message-ttl': delayMs })
    await channel.assertQueue(retryQueueName(prefix, handler, delayMs), pause)
  }
  await channel.bindQueue(queue, exchangeName(prefix), bindingKey(handler))
}

function quorum(more: Readonly<Record<string, string | number | boolean>>) {
  return { durable: true, arguments: { 'x-queue-type': 'quorum', ...more } }
}

/** Through the default exchange, where the routing key is the queue's name. */
function deadLetterTo(queue: string) {
  return {
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': queue,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  }
}
