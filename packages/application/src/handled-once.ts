import { type OnceKey, onceInside, sha256Hex, type Tx } from '@ev/db'
import type { Envelope, HandlerName } from '@ev/messaging'
import type { Deps } from './deps.ts'

/** Longer than any redelivery or re-driven parked message is expected to take. */
const keepForMs = 90 * 86_400_000

/** The key under which a handler remembers a message. */
export function handlerKey(handler: HandlerName, message: Pick<Envelope, 'id' | 'name'>, now: Date): OnceKey {
  return {
    scope: `handler:${handler}`,
    keyHash: sha256Hex(message.id),
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
