import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { withConnection } from '@ev/db/testing'
import { type ServicesStack, seededRandom } from '@ev/e2e'
import { handlerNames, handlersOf } from '@ev/messaging'
import { systemClock } from '@ev/runtime'
import { until } from '@ev/testing'
import { shown, underLoad } from '../fault.ts'
import type { Load } from '../load/load.ts'
import { longestWaitMs } from '../longest-wait.ts'
import { contentOf, onBroker, waitingIn } from './broker-client.ts'
import { oneOfEach, services } from './stacks-of-faults.ts'

/** Keeps the broker away, and tells what the clients noticed of it. */
async function withoutBroker(
  stack: ServicesStack,
  load: Load,
  { seconds, takeAway }: { seconds: number; takeAway: () => void },
) {
  const { traffic } = load
  const failures = () => traffic.serverFaults + traffic.lostAnswers + traffic.refusedConnections
  const before = { acknowledged: load.acknowledged(), failures: failures() }
  takeAway()
  await pause(seconds * 1_000)
  const waiting = await stack.db.read.outboxMessage.count({ where: { publishedAt: null } })
  const served = load.acknowledged() - before.acknowledged
  const failed = failures() - before.failures
  stack.lines.broker.restore()
  const text = `${seconds} s; ${served} operations acknowledged meanwhile, ${failed} requests failed, ${waiting} messages waited`
  return shown(waiting > 0 && served > 0 && failed === 0, text)
}

export const brokerIsAway = underLoad({
  letter: 'd',
  title: 'broker away',
  on: services,
  open: oneOfEach,
  harm: (stack, load, { seconds }) => withoutBroker(stack, load, { seconds, takeAway: () => stack.lines.broker.cut() }),
})

/** Two silent heartbeats end a connection; anything shorter would not be noticed. */
const leastSilenceSeconds = 30

export const brokerIsSilent = underLoad({
  letter: 'e',
  title: 'TCP to the broker stalls silently',
  on: services,
  open: oneOfEach,
  harm: (stack, load, { seconds }) =>
    withoutBroker(stack, load, {
      seconds: Math.max(seconds, leastSilenceSeconds),
      takeAway: () => stack.lines.broker.stall(),
    }),
})

const retrySteps = [1_000, 5_000, 30_000]

/** A text that is no message, a message about nothing, and a third of the members whose pairs cannot be credited until the table is mended. */
export const poison = underLoad({
  letter: 'g',
  title: 'poison messages',
  on: services,
  open: oneOfEach,
  async harm({ broker, db, databaseUrl, workers }, { more }, { progress }) {
    const pairsCredit = `${broker.prefix}pairs.credit`
    await withConnection(databaseUrl, ({ query }) =>
      query(
        `CREATE TRIGGER poison BEFORE INSERT ON earnings FOR EACH ROW IF NEW.user_id % 3 = 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'poisoned'; END IF`,
      ),
    )
    const aboutNothing = {
      id: randomUUID(),
      name: 'pair.matched',
      payload: { pairId: 2_000_000_000 },
      occurredAt: systemClock.now().toISOString(),
      requestId: null,
      traceparent: null,
    }
    await onBroker(broker, async (channel) => {
      channel.sendToQueue(pairsCredit, Buffer.from('{"this is": "no message"'))
      channel.sendToQueue(pairsCredit, Buffer.from(JSON.stringify(aboutNothing)))
    })
    const before = await db.read.earning.count()
    const waitsOf = (ms: number) => workers[0]!.output().split(`"delayMs":${ms}`).length - 1
    await until(
      async () => {
        await pause(300)
        progress(`waits before another attempt: ${retrySteps.map(waitsOf).join(', ')}`)
        return retrySteps.every((step) => waitsOf(step) > 0)
      },
      { timeoutMs: longestWaitMs },
    )
    const steps = retrySteps.map((ms) => `${waitsOf(ms)} × ${ms / 1_000} s`)
    await more(20)
    const parked = await waitingIn(broker, 'pairs.credit.parked')
    const neighbours = (await db.read.earning.count()) - before
    await withConnection(databaseUrl, ({ query }) => query('DROP TRIGGER poison'))
    const text = `${parked} parked at once, failing pairs waited ${steps.join(', ')} for another attempt, ${neighbours} pairs of others credited meanwhile`
    return shown(parked === 2 && neighbours > 0, text)
  },
})

const copies = 2

/** Everything that was ever told is told again, twice and in no order, while new things happen. */
export const outOfOrder = underLoad({
  letter: 'o',
  title: 'messages out of order and repeated',
  on: services,
  open: oneOfEach,
  async harm({ broker, db }, { more }) {
    await more(150)
    const rows = await db.read.outboxMessage.findMany({ where: { publishedAt: { not: null } } })
    const random = seededRandom(rows.length)
    const shuffled = Array.from({ length: copies }, () => rows)
      .flat()
      .map((row) => ({ row, place: random() }))
      .sort((a, b) => a.place - b.place)
    await onBroker(broker, async (channel) => {
      for (const { row } of shuffled)
        for (const handler of handlersOf(row.name))
          channel.sendToQueue(`${broker.prefix}${handler}`, contentOf(row), {
            messageId: row.messageId,
            persistent: true,
          })
    })
    return shown(shuffled.length > 100, `${shuffled.length} old messages published again in random order`)
  },
  settle: async ({ broker }) => {
    await until(
      async () => {
        await pause(500)
        const waiting = await Promise.all(handlerNames.map((handler) => waitingIn(broker, handler)))
        return waiting.every((count) => count === 0)
      },
      { timeoutMs: longestWaitMs },
    )
  },
})
