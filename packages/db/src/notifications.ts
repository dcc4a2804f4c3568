import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Notification } from './generated/sqlite/client.ts'
import type { NotificationCreateManyInput } from './generated/sqlite/models.ts'
import { type BeforeBounds, beforeWhere, type PageBounds } from './list-filters.ts'
import { pageOf } from './page-of.ts'

export type NotificationRow = Notification

export function insert(tx: Tx, data: NotificationCreateManyInput): Promise<NotificationRow> {
  return tx.notification.create({ data })
}

/** Whether what this key names was told before. */
export async function isTold(tx: Tx, dedupeKey: string): Promise<boolean> {
  return (await tx.notification.count({ where: { dedupeKey } })) > 0
}

export type NotificationFilter = {
  readonly userId: number
  readonly isRead?: boolean | undefined
  readonly type?: string | undefined
}

function whereOf({ userId, isRead, type }: NotificationFilter) {
  return { userId, ...(isRead !== undefined && { isRead }), ...(type !== undefined && { notificationType: type }) }
}

/** One page by number, newest first, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: NotificationFilter,
  page: PageBounds,
): Promise<{ count: number; rows: NotificationRow[] }> {
  const where = whereOf(filter)
  return pageOf({
    count: () => reader.notification.count({ where }),
    ids: () =>
      reader.notification.findMany({
        where,
        orderBy: { id: 'desc' },
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.notification.findMany({ where: ids }),
  })
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

/** The notification, or the refusal `notification.not_found`. */
export async function get(reader: Reader, id: number): Promise<NotificationRow> {
  const row = await reader.notification.findUnique({ where: { id } })
  if (!row) throw new DomainError('notification.not_found')
  return row
}

/** The id of the newest notification of anyone; 0 before the first. */
export async function newestId(reader: Reader): Promise<number> {
  const row = await reader.notification.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  return row?.id ?? 0
}

/** Notifications by id from the one behind `after` on, oldest first: everyone's, or one member's up to the id `upTo`. */
export function listAfter(
  reader: Reader,
  { after, take, of }: { after: number; take: number; of: { userId: number; upTo: number } | null },
): Promise<NotificationRow[]> {
  return reader.notification.findMany({
    where: of === null ? { id: { gt: after } } : { userId: of.userId, id: { gt: after, lte: of.upTo } },
    orderBy: { id: 'asc' },
    take,
  })
}

/** Removes the oldest notifications as far as they are from before `before`, at most `limit`; answers how many. Ids are the order of age. */
export async function removeOld(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const oldest = await tx.notification.findMany({
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, createdAt: true },
  })
  const ids = oldest.filter(({ createdAt }) => createdAt < before).map(({ id }) => id)
  return (await tx.notification.deleteMany({ where: { id: { in: ids } } })).count
}

/** Marks all of a member's notifications as read; answers how many were not. */
export async function markAllRead(tx: Tx, { userId, now }: { userId: number; now: Date }): Promise<number> {
  const { count } = await tx.notification.updateMany({
    where: { userId, isRead: false },
    data: { isRead: true, readAt: now },
  })
  return count
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
