import { connect } from 'amqplib'
import { handlerNames, policyOf } from '../index.ts'

/** Removes the queues and the exchange that processes made under a prefix of their own. */
export async function removeQueues({ url, prefix }: { url: string; prefix: string }): Promise<void> {
  const connection = await connect(url)
  const channel = await connection.createChannel()
  for (const handler of handlerNames) {
    const steps = policyOf(handler).retryStepsMs.map((ms) => `.retry.${ms}`)
    for (const suffix of ['', '.parked', ...steps]) await channel.deleteQueue(`${prefix}${handler}${suffix}`)
  }
  await channel.deleteExchange(`${prefix}events`)
  await connection.close()
}
