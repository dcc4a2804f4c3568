import type { Database } from './client.ts'
import { Prisma } from './generated/sqlite/client.ts'
import { outsideTransaction } from './transaction.ts'
import { providerOf, type Reader, type Tx } from './tx.ts'

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
      const waiting = await database.read.outboxMessage.findFirst({
        where: { publishedAt: null },
        select: { id: true },
      })
      if (waiting === null) return { claimed: 0 }
      const work = async (tx: Tx) => {
        const rows = await readPage(tx, limit)
        if (rows.length > 0) await mark(tx, await outsideTransaction(() => publish(rows)), clock.now())
        return { claimed: rows.length }
      }
      return database.transaction(work, { timeoutMs: claimTimeoutMs })
    },
  }
}

async function readPage(reader: Reader, limit: number): Promise<OutboxRow[]> {
  const patient = await readRows(reader, { attempts: { lt: patientAttempts } }, limit)
  if (patient.length === limit) return patient
  const stubborn = await readRows(reader, { attempts: { gte: patientAttempts } }, limit - patient.length)
  return [...patient, ...stubborn]
}

type AttemptsFilter = { attempts: { lt: number } } | { attempts: { gte: number } }

async function readRows(reader: Reader, filter: AttemptsFilter, limit: number): Promise<OutboxRow[]> {
  const lockedIds = providerOf(reader) === 'mysql' ? await lockFreeRows(reader, filter, limit) : undefined
  if (lockedIds?.length === 0) return []
  const rows = await reader.outboxMessage.findMany({
    where: lockedIds === undefined ? { publishedAt: null, ...filter } : { id: { in: lockedIds } },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map(({ id, messageId, name, payload, createdAt, requestId, traceparent }) => ({
    id,
    messageId,
    name,
    payload,
    occurredAt: createdAt,
    requestId,
    traceparent,
  }))
}

async function lockFreeRows(tx: Reader, filter: AttemptsFilter, limit: number): Promise<number[]> {
  const attempts =
    'lt' in filter.attempts
      ? Prisma.sql`attempts < ${filter.attempts.lt}`
      : Prisma.sql`attempts >= ${filter.attempts.gte}`
  const rows = await tx.$queryRaw<
    { id: number }[]
  >`SELECT id FROM outbox_messages WHERE published_at IS NULL AND ${attempts} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  return rows.map(({ id }) => id)
}

async function mark(tx: Tx, { publishedIds, failed }: PublishedPage, now: Date): Promise<void> {
  if (publishedIds.length > 0) {
    await tx.outboxMessage.updateMany({
      where: { id: { in: publishedIds } },
      data: { publishedAt: now, attempts: { increment: 1 }, lastError: null },
    })
  }
  for (const [reason, ids] of idsByReason(failed)) {
    await tx.outboxMessage.updateMany({
      where: { id: { in: ids } },
      data: { attempts: { increment: 1 }, lastError: reason },
    })
  }
}

function idsByReason(failed: PublishedPage['failed']): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const { id, reason } of failed) {
    const text = reason.slice(0, longestReason)
    groups.set(text, [...(groups.get(text) ?? []), id])
  }
  return groups
}
