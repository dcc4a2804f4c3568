import { randomUUID } from 'node:crypto'
import { connect } from 'amqplib'
import { handlerNames } from '../handler-catalogue.ts'
import { exchangeName, parkedQueueName, queueName, retryQueueName } from '../rabbitmq/topology.ts'
import { createRabbitTransport, type RabbitTransportOptions } from '../rabbitmq/transport.ts'
import { silentLog } from './builders.ts'
import { contractPolicyOf, type TransportHarness } from './transport-harness.ts'

/**
 * The address of a RabbitMQ that answers, or null with a line that says so.
 * Throws where none answers although `REQUIRE_SERVICES=1` asks for it.
 */
export async function rabbitUrl(env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const url = env['AMQP_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672'
  try {
    await (await connect(url, { timeout: 3_000 })).close()
    return url
  } catch (error) {
    if (env['REQUIRE_SERVICES'] === '1') throw new Error('RabbitMQ is required and does not answer.', { cause: error })
    console.log('RabbitMQ does not answer: its tests are skipped.')
    return null
  }
}

/** A harness over a real RabbitMQ, with queues of its own that are deleted at the end. */
export function rabbitHarness(
  url: string,
  more: Partial<RabbitTransportOptions> = {},
): TransportHarness & { readonly prefix: string } {
  const prefix = `test-${randomUUID().slice(0, 8)}.`
  const onBroker = async <T>(work: (channel: Awaited<ReturnType<typeof openChannel>>['channel']) => Promise<T>) => {
    const { channel, close } = await openChannel(url)
    try {
      return await work(channel)
    } finally {
      await close()
    }
  }

  return {
    prefix,
    open: () =>
      createRabbitTransport({
        url,
        prefix,
        log: silentLog,
        policyOf: contractPolicyOf,
        reconnect: { firstMs: 20, maxMs: 200 },
        redeclareAfterMs: 300,
        ...more,
      }),
    inject: (handler, text) =>
      onBroker(async (channel) => {
        channel.sendToQueue(queueName(prefix, handler), Buffer.from(text), { persistent: true })
        await channel.waitForConfirms()
      }),
    cleanUp: () =>
      onBroker(async (channel) => {
        for (const handler of handlerNames) {
          const pauses = contractPolicyOf(handler).retryStepsMs.map((delayMs) =>
            retryQueueName(prefix, handler, delayMs),
          )
          for (const queue of [queueName(prefix, handler), parkedQueueName(prefix, handler), ...pauses])
            await channel.deleteQueue(queue)
        }
        await channel.deleteExchange(exchangeName(prefix))
      }),
  }
}

async function openChannel(url: string) {
  const model = await connect(url)
  model.on('error', () => {})
  const channel = await model.createConfirmChannel()
  channel.on('error', () => {})
  return { channel, close: () => model.close() }
}
