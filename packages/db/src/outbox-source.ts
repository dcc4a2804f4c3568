import type { Database } from './client.ts'
import { type DirectValue, inList } from './direct/direct.ts'
import { directTable } from './direct/table.ts'
import type { OutboxMessage } from './generated/sqlite/client.ts'
import { outsideTransaction } from './transaction.ts'
import { directOf, providerOf, type Reader, type Tx } from './tx.ts'

export type OutboxRow = {
  id: number
  messageId: string
  name: string
  payload: unknown
  occurredAt: Date
  requestId: string | null
  traceparent: string | null
}

export type PublishedPage = { publishedIds: number[]; failed: { id: number; reason: string }[] }

export type PublishPage = (rows: OutboxRow[]) => Promise<PublishedPage>

/** Where a relay takes messages from. */
export type OutboxSource = {
  /**
   * Hands up to `limit` unpublished messages to `publish`, in order of id, and marks those that it confirms; the others stay,
   * with the reason noted. When `publish` throws, all of them stay as they were.
   */
  claim(limit: number, publish: PublishPage): Promise<{ claimed: number }>
}

// A message that failed this often comes after all others, so that it cannot stand in their way.
const patientAttempts = 10
const longestReason = 1000
const claimTimeoutMs = 120_000

/**
 * The outbox as a relay reads it. On MySQL the rows stay locked while they are published and other relays pass over them, so
 * several share the work. On SQLite there is one process and the write lock is not held while publishing, because a
 * transport that keeps its queues in this database needs it; what is published twice after a crash is recognised by its id.
 */
export function outboxSource(database: Database, clock: { now(): Date }): OutboxSource {
  if (database.provider === 'sqlite') {
    return {
      async claim(limit, publish) {
        const rows = await readPage(database.read, limit)
        if (rows.length === 0) return { claimed: 0 }
        const page = await publish(rows)
        await database.transaction((tx) => mark(tx, page, clock.now()))
        return { claimed: rows.length }
      },
    }
  }
  return {
    async claim(limit, publish) {
      // Idle sweeps look without a transaction.
      const waiting = await directOf(database.read).rows(anyWaiting, [])
      if (waiting.length === 0) return { claimed: 0 }
      const work = async (tx: Tx) => {
        const rows = await readPage(tx, limit)
        if (rows.length > 0) await mark(tx, await outsideTransaction(() => publish(rows)), clock.now())
        return { claimed: rows.length }
      }
      return database.transaction(work, { timeoutMs: claimTimeoutMs })
    },
  }
}

const anyWaiting = 'SELECT id FROM outbox_messages WHERE published_at IS NULL LIMIT 1'

async function readPage(reader: Reader, limit: number): Promise<OutboxRow[]> {
  const patient = await readRows(reader, 'attempts < ?', limit)
  if (patient.length === limit) return patient
  const stubborn = await readRows(reader, 'attempts >= ?', limit - patient.length)
  return [...patient, ...stubborn]
}

type Told = Pick<OutboxMessage, 'id' | 'messageId' | 'name' | 'payload' | 'createdAt' | 'requestId' | 'traceparent'>
const told = directTable<Told>({
  id: 'int',
  messageId: 'text',
  name: 'text',
  payload: 'json',
  createdAt: 'instant',
  requestId: 'text',
  traceparent: 'text',
})

async function readRows(
  reader: Reader,
  attempts: 'attempts < ?' | 'attempts >= ?',
  limit: number,
): Promise<OutboxRow[]> {
  const sql = `SELECT ${told.columns('o')} FROM outbox_messages o WHERE published_at IS NULL AND ${attempts} ORDER BY id LIMIT ?`
  const lock = providerOf(reader) === 'mysql' ? ' FOR UPDATE SKIP LOCKED' : ''
  const rows = await directOf(reader).rows(`${sql}${lock}`, [patientAttempts, limit])
  return rows.map((row) => {
    const { createdAt: occurredAt, ...message } = told.read(row)
    return { ...message, occurredAt }
  })
}

async function mark(tx: Tx, { publishedIds, failed }: PublishedPage, now: Date): Promise<void> {
  await markRows(tx, { set: 'published_at = ?, last_error = NULL', value: now, ids: publishedIds })
  for (const [reason, ids] of idsByReason(failed)) await markRows(tx, { set: 'last_error = ?', value: reason, ids })
}

async function markRows(
  tx: Tx,
  { set, value, ids }: { set: string; value: DirectValue; ids: readonly number[] },
): Promise<void> {
  const [first, ...others] = ids
  if (first === undefined) return
  const wanted = inList([first, ...others])
  const sql = `UPDATE outbox_messages SET attempts = attempts + 1, ${set} WHERE id IN (${wanted.marks})`
  await directOf(tx).run(sql, [value, ...wanted.values])
}

function idsByReason(failed: PublishedPage['failed']): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const { id, reason } of failed) {
    const text = reason.slice(0, longestReason)
    groups.set(text, [...(groups.get(text) ?? []), id])
  }
  return groups
}
