import { countUnreadRoute } from './count-unread.ts'
import { listNotificationsRoute } from './list-notifications.ts'
import { markAllReadRoute, markReadRoutes } from './mark-read.ts'
import { streamNotificationsRoute } from './stream-notifications.ts'

export const notificationRoutes = [
  listNotificationsRoute,
  countUnreadRoute,
  streamNotificationsRoute,
  markAllReadRoute,
  ...markReadRoutes,
]
