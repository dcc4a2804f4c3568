import { setTimeout as pause } from 'node:timers/promises'
import { createAlarm } from '../alarm.ts'
import { deliverInTime } from '../deliver-in-time.ts'
import { parseDelivery } from '../envelope.ts'
import { growingDelay } from '../growing-delay.ts'
import type { HandlerName, HandlerPolicy } from '../handler-catalogue.ts'
import { createInHand } from '../in-hand.ts'
import { nextStep, type Outcome, outcomeOf } from '../outcome.ts'
import type { Clock, Deliver, Delivered, Log } from '../transport.ts'
import type { DeliveryRow, DeliveryStore } from './delivery-store.ts'

export type Consumer = {
  readonly handler: HandlerName
  wake(): void
  close(limits: { readonly graceMs: number }): Promise<void>
}

type ConsumerOptions<H extends HandlerName> = {
  readonly store: DeliveryStore
  readonly clock: Clock
  readonly log: Log
  readonly pollMs: number
  readonly leaseMs: number
  readonly handler: H
  readonly policy: HandlerPolicy
  readonly deliver: Deliver<H>
}

type Taken<H extends HandlerName> = { readonly row: DeliveryRow; readonly delivered: Delivered<H> }

/** Works the queue of one handler: claims rows under a lease, hands them over, and writes what became of them. */
export function createConsumer<H extends HandlerName>(options: ConsumerOptions<H>): Consumer {
  const { store, clock, log, pollMs, leaseMs, handler, policy, deliver } = options
  const alarm = createAlarm()
  const inHand = createInHand()
  const leased = new Set<number>()
  let stopping = false

  async function run() {
    let failures = 0
    while (!stopping) {
      const room = policy.batch === null ? policy.prefetch - inHand.size : inHand.size === 0 ? policy.batch.max : 0
      if (room <= 0) {
        await inHand.oneEnded()
        continue
      }
      try {
        const rows = await store.claim(handler, room, { leaseMs, now: clock.now(), exclusive: policy.singleActive })
        failures = 0
        if (rows.length > 0) take(rows)
        else await waitForMore()
      } catch (error) {
        failures += 1
        log.error({ handler, error }, 'The queue could not be read.')
        await alarm.wait(growingDelay(failures, { firstMs: pollMs, maxMs: Math.max(pollMs, 15_000) }))
      }
    }
  }

  async function waitForMore() {
    await alarm.wait(pollMs)
    // What comes within a few milliseconds of the first is one batch.
    if (policy.batch !== null && !stopping) await pause(policy.batch.waitMs)
  }

  function take(rows: readonly DeliveryRow[]) {
    for (const row of rows) leased.add(row.id)
    const groups = policy.batch === null ? rows.map((row) => [row]) : [rows]
    for (const group of groups) inHand.add(work(group))
  }

  async function work(rows: readonly DeliveryRow[]) {
    try {
      const taken: Taken<H>[] = []
      for (const row of rows) {
        const envelope = await parseOrPark(row)
        if (envelope !== null) taken.push({ row, delivered: { envelope, attempt: row.attempt } })
      }
      if (taken.length === 0) return
      const batch = taken.map(({ delivered }) => delivered)
      await settleAll(taken, await deliverInTime({ handler, policy, deliver, batch, log }))
    } catch (error) {
      // The lease runs out and the rows come back; handlers are idempotent.
      log.error({ handler, error }, 'The outcome of a delivery could not be written; it will be delivered again.')
    } finally {
      for (const row of rows) leased.delete(row.id)
    }
  }

  async function parseOrPark(row: DeliveryRow) {
    try {
      return parseDelivery(handler, JSON.stringify(row.envelope) ?? 'null')
    } catch (error) {
      const outcome = outcomeOf(error)
      if (outcome.kind !== 'park') throw error
      log.error({ handler, messageId: row.messageId, reason: outcome.reason }, 'An invalid message was parked.')
      await store.park(row.id, outcome.reason)
      return null
    }
  }

  async function settleAll(taken: readonly Taken<H>[], outcomes: readonly Outcome[]) {
    const isDone = (i: number) => outcomes[i]?.kind === 'done'
    const doneIds = taken.filter((_, i) => isDone(i)).map(({ row }) => row.id)
    if (doneIds.length > 0) await store.settle(doneIds)
    for (const [i, { row }] of taken.entries()) {
      const outcome = outcomes[i]
      if (outcome !== undefined && outcome.kind !== 'done') await settleFailed(row, outcome)
    }
  }

  async function settleFailed(row: DeliveryRow, outcome: Exclude<Outcome, { kind: 'done' }>) {
    const next = outcome.kind === 'retry' ? nextStep(row.attempt, policy.retryStepsMs) : ({ kind: 'park' } as const)
    const facts = { handler, messageId: row.messageId, attempt: row.attempt, reason: outcome.reason }
    if (next.kind === 'park') {
      log.error(facts, 'A message was parked.')
      await store.park(row.id, outcome.reason)
      return
    }
    log.warn({ ...facts, delayMs: next.delayMs }, 'A message will be tried again.')
    const availableAt = new Date(clock.now().getTime() + next.delayMs)
    await store.retry(row.id, { availableAt, attempt: row.attempt + 1, reason: outcome.reason })
  }

  const renewal = setInterval(() => {
    if (leased.size === 0) return
    store.extendLease([...leased], { leaseMs, now: clock.now() }).catch((error: unknown) => {
      log.error({ handler, error }, 'A lease could not be renewed; its messages may be delivered twice.')
    })
  }, leaseMs / 3)
  const running = run()

  return {
    handler,
    wake: () => alarm.ring(),
    async close({ graceMs }) {
      stopping = true
      alarm.ring()
      const closing = createInHand()
      // The loop first: a claim under way may still put rows into hand.
      closing.add(running.then(() => inHand.drain(graceMs)))
      await closing.drain(graceMs)
      clearInterval(renewal)
      const left = inHand.size
      if (left > 0)
        log.warn({ handler, left }, 'Closed with deliveries unfinished; they come back when their lease ends.')
    },
  }
}
