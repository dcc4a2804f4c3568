import type { notifications } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'

export const notificationView = z
  .object({
    id: idNumber,
    notification_type: z.string(),
    title: z.string(),
    message: z.string(),
    is_read: z.boolean(),
    read_at: instant.nullable(),
    reference_type: z.string().nullable(),
    reference_id: z.int().nullable(),
    created_at: instant,
  })
  .meta({ id: 'Notification' })

export function toNotificationView(row: notifications.NotificationRow): z.output<typeof notificationView> {
  return {
    id: row.id,
    notification_type: row.notificationType,
    title: row.title,
    message: row.message,
    is_read: row.isRead,
    read_at: row.readAt,
    reference_type: row.referenceType,
    reference_id: row.referenceId,
    created_at: row.createdAt,
  }
}
