import { setTimeout as pause } from 'node:timers/promises'
import { runCommand } from '@ev/e2e'
import { shown, underLoad } from '../fault.ts'
import { onBroker, waitingIn } from './broker-client.ts'
import { hold } from './holds.ts'
import { oneOfEach, services } from './stacks-of-faults.ts'

const deletedQueues = [
  'network.place-and-match',
  'payments.credit-referral',
  'pairs.credit',
  'payouts.transfer',
] as const
const gatherMs = 4_000
const betweenMs = 3_000

/**
 * The exchange goes while messages are published, and queues go with messages in them that no worker can get on with. What the broker lost is
 * published again by the operators' command, which looks at the whole day: what waited in a queue may have been published long before.
 */
export const queuesDeleted = underLoad({
  letter: 'f',
  title: 'exchange and queues deleted under the workers',
  on: services,
  open: oneOfEach,
  async harm({ broker, db, env }, { more }) {
    await onBroker(broker, (channel) => channel.deleteExchange(`${broker.prefix}events`))
    await pause(betweenMs)
    // The worker's transactions wait for the members' wallets and the head of the tree, so that messages stay in the queues.
    const waiting = await hold(db, async (tx) => {
      await tx.$queryRaw`SELECT version FROM network_head FOR UPDATE`
      await tx.$queryRaw`SELECT id FROM wallets FOR UPDATE`
    })
    await pause(gatherMs)
    let lost = 0
    for (const queue of deletedQueues) {
      lost += await waitingIn(broker, queue)
      await onBroker(broker, (channel) => channel.deleteQueue(`${broker.prefix}${queue}`))
    }
    await waiting.release()
    await more(40)
    await pause(betweenMs)
    const resent = await runCommand('queue-resend', { env })
    const count = /^(\d+) messages/m.exec(resent.output)?.[1] ?? '0'
    const text = `the exchange and ${deletedQueues.length} queues deleted, ${lost} messages that waited in them gone with them; queue:resend published ${count} again`
    return shown(resent.code === 0 && Number(count) > 0, text)
  },
})
