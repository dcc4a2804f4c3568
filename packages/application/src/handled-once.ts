import { type OnceKey, onceEach, onceInside, sha256Hex, type Tx } from '@ev/db'
import type { Envelope, HandlerName } from '@ev/messaging'
import type { Deps } from './deps.ts'

/** Longer than any redelivery or re-driven parked message is expected to take. */
const keepForMs = 90 * 86_400_000

/** Where a UUID says of which version it is; 7 are those that are ordered by time. */
const versionAt = 14

/**
 * What of a handler's key comes from the message. An id that is ordered by time is its own key, as long as a hash: the records of messages of one
 * time lie together in the index, where a hash puts each of them anywhere. Messages from before ids were ordered keep the hash.
 */
export function messageKeyHash(messageId: string): string {
  return messageId[versionAt] === '7' ? messageId.replaceAll('-', '').padEnd(64, '0') : sha256Hex(messageId)
}

/** The key under which a handler remembers a message. */
export function handlerKey(handler: HandlerName, message: Pick<Envelope, 'id' | 'name'>, now: Date): OnceKey {
  return {
    scope: `handler:${handler}`,
    keyHash: messageKeyHash(message.id),
    fingerprint: sha256Hex(message.name),
    now,
    keepForMs,
  }
}

/** Runs a handler's work in one transaction with its own record of the message; a redelivered message changes nothing. */
export function handledOnce(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { handler, message }: { handler: HandlerName; message: Pick<Envelope, 'id' | 'name'> },
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    if (await onceInside(tx, handlerKey(handler, message, clock.now()))) await work(tx)
  })
}

/**
 * The same for messages that are handled together: `work` gets those that were not handled before, and is committed with the records of all of
 * them or not at all.
 */
export function handledOnceTogether<M extends Pick<Envelope, 'id' | 'name'>>(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { handler, messages }: { handler: HandlerName; messages: readonly M[] },
  work: (tx: Tx, messages: readonly M[]) => Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    const now = clock.now()
    const isFirst = await onceEach(
      tx,
      messages.map((message) => handlerKey(handler, message, now)),
    )
    const fresh = messages.filter((_, at) => isFirst[at])
    if (fresh.length > 0) await work(tx, fresh)
  })
}
