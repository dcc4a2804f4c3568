import { isRecorded, type OnceKey, type Tx } from '@ev/db'
import type { Deps } from './deps.ts'

/** A client's promise that a request with this key is the same request; null when it made none. */
export type Idempotency = { readonly scope: string; readonly keyHash: string; readonly fingerprint: string } | null

/** The answer of a use case that moves money, and whether it is the first answer given again. */
export type Answer<T> = { readonly value: T; readonly replayed: boolean }

const dayMs = 86_400_000

/** The key as the database remembers it from `now` on, for 24 hours. */
export function onceKey(idempotency: NonNullable<Idempotency>, now: Date): OnceKey {
  return { ...idempotency, now, keepForMs: dayMs }
}

/**
 * Runs a use case in one transaction, once per idempotency key. Keys live 24 hours. Refuses with `idempotency.key_reused` when the key
 * came before with another body. The value must be plain data: a replay gives it back as it was.
 */
export async function answerOnce<T>(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  idempotency: Idempotency,
  work: (tx: Tx) => Promise<T>,
): Promise<Answer<T>> {
  if (idempotency === null) return { value: await db.transaction(work), replayed: false }
  return db.once(onceKey(idempotency, clock.now()), work)
}

/**
 * The answer of an earlier request with the same key; null when there was none. For use cases that ask somebody outside before their transaction: a
 * repetition asks nobody again. Refuses with `idempotency.key_reused` as `answerOnce` does.
 */
export async function earlierAnswer<T>(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  idempotency: Idempotency,
): Promise<Answer<T> | null> {
  if (idempotency === null) return null
  const key = onceKey(idempotency, clock.now())
  if (!(await isRecorded(db.read, key))) return null
  return db.once<T>(key, () => {
    throw new Error('The record of a repeated request expired while it was looked at.')
  })
}
