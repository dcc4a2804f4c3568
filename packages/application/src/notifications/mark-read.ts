import { notifications } from '@ev/db'
import type { Deps } from '../deps.ts'

/** Marks all of one's own notifications as read; answers how many were not. */
export function markAllRead(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId }: { userId: number },
): Promise<number> {
  return db.transaction((tx) => notifications.markAllRead(tx, { userId, now: clock.now() }))
}

/** Marks one's own notification as read; doing it again changes nothing. Refuses with `notification.not_found`. */
export function markRead(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, notificationId }: { userId: number; notificationId: number },
): Promise<notifications.NotificationRow> {
  return db.transaction((tx) => notifications.markRead(tx, { id: notificationId, userId, now: clock.now() }))
}
