import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Notification } from './generated/sqlite/client.ts'
import type { NotificationCreateManyInput } from './generated/sqlite/models.ts'

export type NotificationRow = Notification

export function insert(tx: Tx, data: NotificationCreateManyInput): Promise<NotificationRow> {
  return tx.notification.create({ data })
}

export async function list(
  reader: Reader,
  filter: { userId: number; isRead?: boolean | undefined },
  page: { skip: number; take: number },
): Promise<{ count: number; rows: NotificationRow[] }> {
  const where = { userId: filter.userId, ...(filter.isRead !== undefined && { isRead: filter.isRead }) }
  const [count, rows] = await Promise.all([
    reader.notification.count({ where }),
    reader.notification.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
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
