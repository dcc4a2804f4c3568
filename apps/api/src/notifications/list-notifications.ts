import { notifications } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { cursorQuery, pageOrCursorView, queryFlag } from '../http/index.ts'
import { answerLedger } from '../lists.ts'
import { notificationView, toNotificationView } from './notification.view.ts'

export const listNotificationsRoute = defineRoute({
  method: 'get',
  path: '/notifications/',
  summary: 'Your notifications, newest first',
  access: 'member',
  request: { query: cursorQuery.extend({ is_read: queryFlag.optional() }) },
  response: { status: 200, body: pageOrCursorView(notificationView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = { userId: actor.userId, isRead: query.is_read }
    return answerLedger(
      { query, url },
      {
        list: (page) => notifications.list(db.read, filter, page),
        listBefore: (page) => notifications.listBefore(db.read, filter, page),
      },
      toNotificationView,
    )
  },
})
