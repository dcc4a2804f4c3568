import type { HandlerName, HandlerPolicy } from './handler-catalogue.ts'
import { type Outcome, reasonIn } from './outcome.ts'
import type { Deliver, Delivered, Log } from './transport.ts'

type Delivery<H extends HandlerName> = {
  readonly handler: H
  readonly policy: HandlerPolicy
  readonly deliver: Deliver<H>
  readonly batch: readonly Delivered<H>[]
  readonly log: Log
}

/**
 * Hands a batch to its handler within the handler's time limit. Always answers one outcome for each message and never
 * throws: a handler that throws, is late, or answers too few outcomes has failed, and its messages are tried again.
 */
export async function deliverInTime<H extends HandlerName>(delivery: Delivery<H>): Promise<readonly Outcome[]> {
  const { handler, policy, deliver, batch, log } = delivery
  const facts = { handler, messageIds: batch.map(({ envelope }) => envelope.id).slice(0, 20), count: batch.length }
  const warning = setTimeout(() => log.warn(facts, 'A delivery is taking long.'), policy.warnAfterMs)
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error(`took longer than ${policy.timeoutMs} ms`)), policy.timeoutMs)
  })

  try {
    const outcomes = await Promise.race([callSafely(deliver, batch), late])
    return batch.map((_, i) => outcomes[i] ?? { kind: 'retry', reason: 'the handler answered no outcome' })
  } catch (error) {
    log.error({ ...facts, error }, 'A delivery failed.')
    return batch.map(() => ({ kind: 'retry', reason: reasonIn(error) }))
  } finally {
    clearTimeout(warning)
    clearTimeout(limit)
  }
}

// Async, so that a handler that throws before its first await is caught like any other.
async function callSafely<H extends HandlerName>(deliver: Deliver<H>, batch: readonly Delivered<H>[]) {
  return deliver(batch)
}
