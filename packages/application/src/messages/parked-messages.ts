import { setTimeout as pause } from 'node:timers/promises'
import { DomainError } from '@ev/domain'
import { type HandlerName, handlerNames, type ParkedMessage, type Transport } from '@ev/messaging'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'

/** What of the broker an operator's console uses. */
export type ParkedQueues = Pick<Transport, 'parked' | 'parkedCount' | 'redrive' | 'discard' | 'check'>

export type ParkedList = {
  readonly counts: Readonly<Record<HandlerName, number>>
  readonly messages: readonly ParkedMessage[]
}

const lookedThroughAtMost = 1_000
const attemptsToDiscard = 20
/** More than any message of the platform has. */
const keptCharacters = 4_000

/** What was put aside, of one handler or of all, at most `limit`. Refuses with `service.unavailable` while the broker is away. */
export async function listParkedMessages(
  queues: ParkedQueues,
  { handler, limit }: { handler: HandlerName | null; limit: number },
): Promise<ParkedList> {
  await requireUp(queues)
  const counts = await queues.parkedCount()
  const messages: ParkedMessage[] = []
  for (const name of handler === null ? handlerNames : [handler]) {
    const left = limit - messages.length
    if (left > 0 && counts[name] > 0) messages.push(...(await queues.parked(name, { limit: left })))
  }
  return { counts, messages }
}

/**
 * Gives parked messages back to their handler as a first attempt: one by its id, or all of them; answers how many. The audit line is written before:
 * a broker is not part of a transaction, and a line too many is better than one too few. Refuses with `message.not_found` an id that is
 * not there, with `service.unavailable` while the broker is away.
 */
export async function retryParkedMessages(
  deps: Pick<Deps, 'db' | 'clock'>,
  queues: ParkedQueues,
  { actorId, handler, id }: { actorId: number; handler: HandlerName; id: string | null },
): Promise<number> {
  await requireUp(queues)
  await deps.db.transaction((tx) =>
    recordAudit(tx, deps, {
      actorId,
      action: 'messages.retry_requested',
      subject: { type: 'handler', id: handler },
      details: { message: id ?? 'all' },
    }),
  )
  const moved = await queues.redrive(handler, id === null ? 'all' : [id])
  if (id !== null && moved === 0) throw new DomainError('message.not_found')
  return moved
}

/**
 * Takes one parked message away for good: one that can never be handled, or whose work was done in another way. What it said stays in the audit log,
 * written before it goes. Refuses with `message.not_found` an id that is not among the handler's first thousand, with `service.unavailable` while the broker is away.
 */
export async function discardParkedMessage(
  deps: Pick<Deps, 'db' | 'clock'>,
  queues: ParkedQueues,
  { actorId, handler, id }: { actorId: number | null; handler: HandlerName; id: string },
): Promise<ParkedMessage> {
  await requireUp(queues)
  const parked = await queues.parked(handler, { limit: lookedThroughAtMost })
  const message = parked.find((each) => each.id === id)
  if (message === undefined) throw new DomainError('message.not_found')
  await deps.db.transaction((tx) =>
    recordAudit(tx, deps, {
      actorId,
      action: 'messages.discarded',
      subject: { type: 'handler', id: handler },
      details: { message: id, text: message.raw.slice(0, keptCharacters) },
    }),
  )
  // A broker takes a moment to give back what was looked at.
  for (let attempt = 1; (await queues.discard(handler, [id])) === 0; attempt += 1) {
    if (attempt === attemptsToDiscard) throw new DomainError('message.not_found')
    await pause(100)
  }
  return message
}

async function requireUp(queues: ParkedQueues): Promise<void> {
  if ((await queues.check()).state !== 'up') throw new DomainError('service.unavailable')
}
