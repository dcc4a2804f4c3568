import { countUnreadRoute } from './count-unread.ts'
import { listNotificationsRoute } from './list-notifications.ts'
import { markReadRoutes } from './mark-read.ts'

export const notificationRoutes = [listNotificationsRoute, countUnreadRoute, ...markReadRoutes]
