import { relayOptions } from '@ev/application'
import { addMessages, oldestUnpublishedAgeMs, outboxSource } from '@ev/db'
import { createRelay } from '@ev/messaging'
import type { BenchmarkOptions, Result } from '../benchmark.ts'
import { type BrokerStack, settled, timed, withBrokerStack } from './broker-stack.ts'

const rowsOfTransaction = 1_000

/** Publishes what waits in an outbox on MariaDB to RabbitMQ, with confirms; held against the broker and its client alone. */
export async function measureRelay({ isQuick, progress }: BenchmarkOptions): Promise<Result[]> {
  const count = isQuick ? 1_000 : 20_000
  return withBrokerStack(async (stack) => {
    progress('fills the outbox')
    await fillOutbox(stack, count)
    progress('publishes')
    const { perSecond, cpuMsPerOp } = await timed(count, () => publishAll(stack))
    progress('publishes without the outbox')
    const limit = count / (await stack.bare.publish(count))
    return [
      {
        name: 'relay.publish',
        value: perSecond,
        unit: 'messages/s',
        limit,
        ratio: perSecond / limit,
        cpuMsPerOp,
        aim: { valueAtLeast: 5_000 },
      },
    ]
  })
}

async function fillOutbox({ deps }: BrokerStack, count: number): Promise<void> {
  const now = deps.clock.now()
  for (let first = 0; first < count; first += rowsOfTransaction) {
    const messages = Array.from({ length: Math.min(rowsOfTransaction, count - first) }, (_, n) => ({
      id: deps.ids.timeOrderedUuid(),
      name: 'pair.matched',
      payload: { pairId: first + n + 1 },
      now,
    }))
    await deps.db.transaction((tx) => addMessages(tx, messages))
  }
}

async function publishAll({ deps, transport }: BrokerStack): Promise<void> {
  const { db, clock, log } = deps
  const relay = createRelay({ source: outboxSource(db, clock), transport, log, options: relayOptions })
  await settled(async () => (await oldestUnpublishedAgeMs(db.read, clock.now())) === null)
  await relay.stop()
}
