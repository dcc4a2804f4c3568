import { randomUUID } from 'node:crypto'
import { type ConfirmChannel, connect } from 'amqplib'

/** What a relay and a worker cannot be faster than: a durable quorum queue and the client library, with nothing around them. */
export type BareQueue = {
  /** Publishes so many persistent messages, each portion once the one before is confirmed; answers the seconds that it took. */
  publish(count: number): Promise<number>
  /** Takes so many messages and acknowledges each by itself; answers the seconds that it took. */
  consume(count: number): Promise<number>
}

const portion = 500
const prefetch = 200

/** Makes a queue of its own for `use`, and removes it. */
export async function withBareQueue<T>(url: string, use: (queue: BareQueue) => Promise<T>): Promise<T> {
  const connection = await connect(url)
  try {
    const channel = await connection.createConfirmChannel()
    const name = `bare-${randomUUID()}`
    await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
    try {
      return await use({
        publish: (count) => timed(() => publish(channel, name, count)),
        consume: (count) => timed(() => consume(channel, name, count)),
      })
    } finally {
      await channel.deleteQueue(name)
    }
  } finally {
    await connection.close()
  }
}

async function publish(channel: ConfirmChannel, name: string, count: number): Promise<void> {
  const content = Buffer.from(JSON.stringify({ id: randomUUID(), name: 'pair.matched', payload: { pairId: 1 } }))
  for (let sent = 0; sent < count; sent += portion) {
    for (let n = sent; n < Math.min(sent + portion, count); n += 1)
      channel.sendToQueue(name, content, { persistent: true, mandatory: true })
    await channel.waitForConfirms()
  }
}

async function consume(channel: ConfirmChannel, name: string, count: number): Promise<void> {
  await channel.prefetch(prefetch)
  const tag = randomUUID()
  await new Promise<void>((resolve, reject) => {
    let taken = 0
    const take = (message: Parameters<Parameters<ConfirmChannel['consume']>[1]>[0]) => {
      if (message === null) return
      channel.ack(message)
      taken += 1
      if (taken === count) resolve()
    }
    channel.consume(name, take, { consumerTag: tag }).catch(reject)
  })
  await channel.cancel(tag)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1_000
}
