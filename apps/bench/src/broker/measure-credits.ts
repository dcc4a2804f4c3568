import { setTimeout as pause } from 'node:timers/promises'
import { createNetworkWriter, relayOptions } from '@ev/application'
import { outboxSource } from '@ev/db'
import { createRelay, type Envelope, type Relay, type Subscription, type Transport } from '@ev/messaging'
import { consumeAll } from '@ev/worker'
import type { Aim, BenchmarkOptions, Result } from '../benchmark.ts'
import { type BrokerStack, settled, timed, withBrokerStack } from './broker-stack.ts'
import { inTurn, prepareSales } from './sales.ts'

const handler = 'payments.credit-referral'
const name = 'worker.credit_referral'

/**
 * Credits referral bonuses for the messages of a full queue on RabbitMQ into MariaDB, by one worker that works this queue alone: for many referrers, and
 * for one whose wallet all of them change. Held against the broker and its client alone, which take and acknowledge as many. Then, with empty
 * queues, how long it is from a payment's commit to the credit in the wallet.
 */
export async function measureCredits({ isQuick, progress }: BenchmarkOptions): Promise<Result[]> {
  const count = isQuick ? 100 : 2_000
  return withBrokerStack(async (stack) => {
    const results: Result[] = []
    for (const [kind, referrers, valueAtLeast] of [
      ['distinct', count, 1_500],
      ['hot', 1, 800],
    ] as const) {
      progress(`sells to members of ${referrers} referrers`)
      const sales = await prepareSales(stack.deps, { count, referrers })
      await inTurn(count, (n) => sales[n]!.pay())
      await publishPayments(stack)
      progress(`credits ${kind} wallets`)
      results.push(await measureQueue(stack, { name: `${name}.${kind}`, count, aim: { valueAtLeast } }))
    }
    progress('credits one at a time')
    results.push(await measureLatency(stack, { count: isQuick ? 10 : 200 }))
    return results
  })
}

async function measureQueue(
  stack: BrokerStack,
  { name, count, aim }: { name: string; count: number; aim: Aim },
): Promise<Result> {
  const { deps, transport, bare } = stack
  const before = await creditedSoFar(stack)
  let subscription: Subscription | undefined
  const { perSecond, cpuMsPerOp } = await timed(count, async () => {
    subscription = await workCredits(deps, transport)
    await settled(async () => (await creditedSoFar(stack)) >= before + count)
  })
  await subscription?.close({ graceMs: 5_000 })
  await bare.publish(count)
  const limit = count / (await bare.consume(count))
  return { name, value: perSecond, unit: 'messages/s', limit, ratio: perSecond / limit, cpuMsPerOp, aim }
}

const creditedSoFar = ({ deps }: BrokerStack) => deps.db.read.referralBonus.count()

async function measureLatency(stack: BrokerStack, { count }: { count: number }): Promise<Result> {
  const { deps, transport } = stack
  const sales = await prepareSales(deps, { count, referrers: count })
  const relay = startRelay(stack)
  const forget = deps.db.onMessagesCommitted(() => relay.wake())
  const subscription = await workCredits(deps, transport)
  const times: number[] = []
  for (const sale of sales) {
    const { paymentId } = await sale.pay()
    const paidAt = performance.now()
    while ((await deps.db.read.referralBonus.count({ where: { paymentId } })) === 0) await pause(1)
    times.push(performance.now() - paidAt)
    // The next one meets a platform that has nothing to do.
    await pause(50)
  }
  forget()
  await relay.stop()
  await subscription.close({ graceMs: 5_000 })
  const value = times.sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1]!
  const none = { limit: null, ratio: null, cpuMsPerOp: null }
  return { name: `${name}.idle_p99`, value, unit: 'ms', ...none, aim: { valueAtMost: 250 } }
}

/** Publishes the payments of the outbox; the queues of everything else stay empty. */
async function publishPayments(stack: BrokerStack): Promise<void> {
  const relay = startRelay(stack)
  await settled(async () => (await stack.deps.db.read.outboxMessage.count({ where: { publishedAt: null } })) === 0)
  await relay.stop()
}

function startRelay({ deps, transport }: BrokerStack): Relay {
  const source = outboxSource(deps.db, deps.clock)
  return createRelay({ source, transport: onlyPayments(transport), log: deps.log, options: relayOptions })
}

function onlyPayments(transport: Transport): Pick<Transport, 'publish'> {
  return {
    async publish(envelopes: readonly Envelope[]) {
      const payments: Envelope[] = envelopes.filter(({ name }) => name === 'payment.completed')
      const outcomes = await transport.publish(payments)
      const byId = new Map(payments.map(({ id }, at) => [id, outcomes[at]!]))
      return envelopes.map(({ id }) => byId.get(id) ?? { kind: 'confirmed' })
    },
  }
}

/** The worker's own way to its handlers, on one queue. */
async function workCredits(deps: BrokerStack['deps'], transport: Transport): Promise<Subscription> {
  const nobody: Subscription = { close: async () => {} }
  let working = nobody
  const one: Transport = {
    ...transport,
    async subscribe(wanted, deliver) {
      if (wanted !== handler) return nobody
      working = await transport.subscribe(wanted, deliver)
      return working
    },
  }
  await consumeAll({ ...deps, networkWriter: createNetworkWriter(deps) }, one)
  return working
}
