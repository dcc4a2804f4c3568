import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Notification } from './generated/sqlite/client.ts'
import type { NotificationCreateManyInput } from './generated/sqlite/models.ts'
import { type BeforeBounds, beforeWhere, type PageBounds } from './list-filters.ts'

export type NotificationRow = Notification

export function insert(tx: Tx, data: NotificationCreateManyInput): Promise<NotificationRow> {
  return tx.notification.create({ data })
}

export type NotificationFilter = { readonly userId: number; readonly isRead?: boolean | undefined }

function whereOf({ userId, isRead }: NotificationFilter) {
  return { userId, ...(isRead !== undefined && { isRead }) }
}

/** One page by number, newest first, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: NotificationFilter,
  page: PageBounds,
): Promise<{ count: number; rows: NotificationRow[] }> {
  const where = whereOf(filter)
  const [count, rows] = await Promise.all([
    reader.notification.count({ where }),
    reader.notification.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
}

export function listBefore(reader: Reader, filter: NotificationFilter, page: BeforeBounds): Promise<NotificationRow[]> {
  return reader.notification.findMany({
    where: { ...whereOf(filter), ...beforeWhere(page) },
    orderBy: { id: 'desc' },
    take: page.take,
  })
}

export function countUnread(reader: Reader, userId: number): Promise<number> {
  return reader.notification.count({ where: { userId, isRead: false } })
}

/** Marks one's own notification as read; the first time stays. Refuses with `notification.not_found`. */
export async function markRead(
  tx: Tx,
  { id, userId, now }: { id: number; userId: number; now: Date },
): Promise<NotificationRow> {
  await tx.notification.updateMany({ where: { id, userId, isRead: false }, data: { isRead: true, readAt: now } })
  const row = await tx.notification.findFirst({ where: { id, userId } })
  if (!row) throw new DomainError('notification.not_found')
  return row
}
