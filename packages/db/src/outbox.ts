import { insertRows, type RowWriter } from './direct/write-rows.ts'
import type { OutboxMessage, Prisma } from './generated/sqlite/client.ts'
import type { PageBounds } from './list-filters.ts'
import { pageOf } from './page-of.ts'
import { beforeCommit, noteMessagesAdded, type Reader, type Tx } from './tx.ts'

export type NewMessage = {
  /** A UUID; a second message with the same id is a fault. */
  id: string
  /** The message's name in the catalogue, noun.past. */
  name: string
  /** A JSON value: ids and plain texts, never a bigint or a Date. */
  payload: Prisma.InputJsonValue
  now: Date
  requestId?: string | null
  traceparent?: string | null
}

/** Writes a message in the transaction of the change it tells of. The relay is woken when that commits. */
export function addMessage(tx: Tx, message: NewMessage): Promise<void> {
  return addMessages(tx, [message])
}

const gathered = new WeakMap<Tx, NewMessage[]>()

/** Writes several messages. All messages of a transaction are written together at its end, in order. */
export async function addMessages(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  const waiting = gathered.get(tx)
  if (waiting !== undefined) {
    waiting.push(...messages)
    return
  }
  const all = [...messages]
  gathered.set(tx, all)
  noteMessagesAdded(tx)
  beforeCommit(tx, () => insertRows(tx, messageWriter, all))
}

const messageWriter: RowWriter<NewMessage> = {
  table: 'outbox_messages',
  columns: {
    message_id: ({ id }) => id,
    name: ({ name }) => name,
    payload: ({ payload }) => JSON.stringify(payload),
    request_id: ({ requestId = null }) => requestId,
    traceparent: ({ traceparent = null }) => traceparent,
    created_at: ({ now }) => now,
  },
}

export type OutboxMessageRow = OutboxMessage

/** One page of the messages, newest first, and how many there are in all. */
export async function outboxMessages(
  reader: Reader,
  { isPublished }: { isPublished?: boolean | undefined },
  page: PageBounds,
): Promise<{ count: number; rows: OutboxMessageRow[] }> {
  const where = isPublished === undefined ? {} : { publishedAt: isPublished ? { not: null } : null }
  return pageOf({
    count: () => reader.outboxMessage.count({ where }),
    ids: () => reader.outboxMessage.findMany({ where, orderBy: { id: 'desc' }, select: { id: true }, ...page }),
    rows: (ids) => reader.outboxMessage.findMany({ where: ids }),
  })
}

/** How many messages wait to be published. */
export function countUnpublished(reader: Reader): Promise<number> {
  return reader.outboxMessage.count({ where: { publishedAt: null } })
}

/** How long the oldest unpublished message has waited at `now`, in milliseconds; null when none waits. */
export async function oldestUnpublishedAgeMs(reader: Reader, now: Date): Promise<number | null> {
  const oldest = await reader.outboxMessage.findFirst({
    where: { publishedAt: null },
    orderBy: { id: 'asc' },
    select: { createdAt: true },
  })
  return oldest === null ? null : Math.max(0, now.getTime() - oldest.createdAt.getTime())
}

/** Messages that were published since `since`, by id behind `afterId`, at most `limit`. */
export function publishedMessages(
  reader: Reader,
  { since, afterId, limit }: { since: Date; afterId: number; limit: number },
): Promise<OutboxMessageRow[]> {
  return reader.outboxMessage.findMany({
    where: { id: { gt: afterId }, publishedAt: { gte: since } },
    orderBy: { id: 'asc' },
    take: limit,
  })
}

/** Has messages published again. */
export async function publishAgain(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx.outboxMessage.updateMany({ where: { id: { in: [...ids] } }, data: { publishedAt: null, attempts: 0 } })
  noteMessagesAdded(tx)
}

/** Removes messages that were published before `before`, at most `limit`. Returns how many. */
export async function deletePublished(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const old = await tx.outboxMessage.findMany({
    where: { publishedAt: { lt: before } },
    orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true },
  })
  const { count } = await tx.outboxMessage.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
  return count
}
