import type { OutboxMessageRow } from '@ev/db'
import { type Channel, connect } from 'amqplib'

export type Broker = { readonly url: string; readonly prefix: string }

/** Speaks to the broker as an operator or a stranger would, beside the platform. */
export async function onBroker<T>({ url }: Broker, work: (channel: Channel) => Promise<T>): Promise<T> {
  const connection = await connect(url)
  try {
    const channel = await connection.createChannel()
    const result = await work(channel)
    await channel.close()
    return result
  } finally {
    await connection.close().catch(() => {})
  }
}

/** How many messages wait in a queue, not counting those in somebody's hand; 0 for one that does not exist. */
export async function waitingIn(broker: Broker, queue: string): Promise<number> {
  try {
    return await onBroker(broker, async (channel) => {
      channel.on('error', () => {})
      return (await channel.checkQueue(`${broker.prefix}${queue}`)).messageCount
    })
  } catch {
    return 0
  }
}

/** The bytes that the relay publishes for a row of the outbox. */
export function contentOf({
  messageId: id,
  name,
  payload,
  createdAt,
  requestId,
  traceparent,
}: OutboxMessageRow): Buffer {
  const occurredAt = createdAt.toISOString()
  return Buffer.from(JSON.stringify({ id, name, payload, occurredAt, requestId, traceparent }))
}
