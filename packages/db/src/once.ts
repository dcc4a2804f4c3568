import { DomainError } from '@ev/domain'
import { decode, encode } from './codec.ts'
import { inList } from './direct/direct.ts'
import { insertRows, type RowWriter } from './direct/write-rows.ts'
import type { RunTransaction, TransactionOptions } from './transaction.ts'
import { isUniqueViolation } from './transient-errors.ts'
import { directOf, type Reader, type Tx } from './tx.ts'

export type OnceKey = {
  /** Whose keys these are: an actor and operation, or a message handler. At most 190 characters. */
  scope: string
  /** SHA-256 of the key, in hex: one form and size, whatever the caller chose. */
  keyHash: string
  /** SHA-256 of the input, in hex: the same key with another input is refused. */
  fingerprint: string
  now: Date
  /** How long the answer is remembered, in milliseconds. */
  keepForMs: number
}

export type OnceAnswer<T> = { value: T; replayed: boolean }

export type Once = <T>(
  key: OnceKey,
  work: (tx: Tx) => Promise<T>,
  options?: TransactionOptions,
) => Promise<OnceAnswer<T>>

/**
 * Runs `work` in one transaction with the record that it was done, which is written first and so makes everyone else with
 * the same key wait. A repetition gets the stored value back, with every bigint and Date as it was. When `work` throws,
 * nothing is remembered. Refuses `idempotency.key_reused` when the key was used with another fingerprint.
 */
export function runOnce<T>(
  options: { transaction: RunTransaction; key: OnceKey; work: (tx: Tx) => Promise<T> } & TransactionOptions,
): Promise<OnceAnswer<T>> {
  const { transaction, key, work, ...transactionOptions } = options
  return transaction(async (tx) => {
    if (!(await insertRecord(tx, key)) && !(await reviveExpired(tx, key))) {
      return { value: (await storedValue(tx, key)) as T, replayed: true }
    }
    const value = await work(tx)
    const keep = 'UPDATE idempotency_records SET result = ? WHERE scope = ? AND key_hash = ?'
    await directOf(tx).run(keep, [JSON.stringify(encode(value)), key.scope, key.keyHash])
    return { value, replayed: false }
  }, transactionOptions)
}

/**
 * The same memory for work that already is in a transaction, without an answer to keep. True the first time, false when it
 * was done before. Refuses `idempotency.key_reused` when the key was used with another fingerprint.
 */
export async function onceInside(tx: Tx, key: OnceKey): Promise<boolean> {
  if (await insertRecord(tx, key)) return true
  if (await reviveExpired(tx, key)) return true
  await recordOf(tx, key)
  return false
}

/**
 * The same for many keys of one scope with a few statements: for each, in their order, whether it is the first time. Somebody else with one of
 * several keys at the same moment does not wait but fails on the unique key, and with it the whole transaction; a single key waits.
 */
export async function onceEach(tx: Tx, keys: readonly OnceKey[]): Promise<boolean[]> {
  if (keys.length === 1) return [await onceInside(tx, keys[0]!)]
  const known = await knownHashes(tx, keys)
  const added = new Map<string, OnceKey>()
  const answers: boolean[] = []
  for (const key of keys) {
    if (known.has(key.keyHash)) answers.push(await onceInside(tx, key))
    else {
      answers.push(!added.has(key.keyHash))
      added.set(key.keyHash, key)
    }
  }
  await insertRows(tx, recordWriter, [...added.values()])
  return answers
}

const recordWriter: RowWriter<OnceKey> = {
  table: 'idempotency_records',
  columns: {
    scope: ({ scope }) => scope,
    key_hash: ({ keyHash }) => keyHash,
    fingerprint: ({ fingerprint }) => fingerprint,
    created_at: ({ now }) => now,
    expires_at: (key) => expiryOf(key),
  },
}

const keysAStatement = 256

async function knownHashes(tx: Tx, keys: readonly OnceKey[]): Promise<Set<string>> {
  const known = new Set<string>()
  for (let from = 0; from < keys.length; from += keysAStatement) {
    const [first, ...others] = keys.slice(from, from + keysAStatement)
    const { marks, values } = inList([first!.keyHash, ...others.map(({ keyHash }) => keyHash)])
    const rows = await directOf(tx).rows(
      `SELECT key_hash FROM idempotency_records WHERE scope = ? AND key_hash IN (${marks})`,
      [first!.scope, ...values],
    )
    for (const [hash] of rows) known.add(hash as string)
  }
  return known
}

/** Whether work under this key has been done and committed. */
export async function isRecorded(reader: Reader | Tx, key: OnceKey): Promise<boolean> {
  return (await reader.idempotencyRecord.count({ where: { ...whereKey(key), expiresAt: { gt: key.now } } })) > 0
}

/** Of these keys those under which work has been done and committed, as `scope keyHash`. */
export async function recordedKeys(reader: Reader, keyHashes: readonly string[]): Promise<ReadonlySet<string>> {
  const records = await reader.idempotencyRecord.findMany({
    where: { keyHash: { in: [...keyHashes] } },
    select: { scope: true, keyHash: true },
  })
  return new Set(records.map(({ scope, keyHash }) => `${scope} ${keyHash}`))
}

/** Forgets what has expired, at most `limit` records. Returns how many. */
export async function deleteExpiredOnceRecords(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<number> {
  const expired = await tx.idempotencyRecord.findMany({
    where: { expiresAt: { lte: now } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
    select: { id: true },
  })
  const { count } = await tx.idempotencyRecord.deleteMany({ where: { id: { in: expired.map(({ id }) => id) } } })
  return count
}

async function insertRecord(tx: Tx, key: OnceKey): Promise<boolean> {
  try {
    await insertRows(tx, recordWriter, [key])
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

// A record that has expired but was not cleaned up yet counts as none.
async function reviveExpired(tx: Tx, key: OnceKey): Promise<boolean> {
  const { count } = await tx.idempotencyRecord.updateMany({
    where: { ...whereKey(key), expiresAt: { lte: key.now } },
    data: { fingerprint: key.fingerprint, createdAt: key.now, expiresAt: expiryOf(key) },
  })
  return count === 1
}

async function storedValue(tx: Tx, key: OnceKey): Promise<unknown> {
  const { result } = await recordOf(tx, key)
  if (typeof result !== 'string') throw new Error(`The record of ${key.scope} has no stored answer.`)
  return decode(result)
}

async function recordOf(tx: Tx, key: OnceKey) {
  const record = await tx.idempotencyRecord.findFirst({ where: whereKey(key) })
  if (record === null) throw new Error(`The record of ${key.scope} was removed while it was looked at.`)
  if (record.fingerprint !== key.fingerprint) throw new DomainError('idempotency.key_reused')
  return record
}

function whereKey({ scope, keyHash }: OnceKey) {
  return { scope, keyHash }
}

function expiryOf({ now, keepForMs }: OnceKey): Date {
  return new Date(now.getTime() + keepForMs)
}
