import { DomainError } from '@ev/domain'
import { type HandlerName, handlerNames, type ParkedMessage, type Transport } from '@ev/messaging'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'

/** What of the broker an operator's console uses. */
export type ParkedQueues = Pick<Transport, 'parked' | 'parkedCount' | 'redrive' | 'check'>

export type ParkedList = {
  readonly counts: Readonly<Record<HandlerName, number>>
  readonly messages: readonly ParkedMessage[]
}

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

async function requireUp(queues: ParkedQueues): Promise<void> {
  if ((await queues.check()).state !== 'up') throw new DomainError('service.unavailable')
}
