import { notifications } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { cursorQuery, entityId, pageOrCursorView, queryFlag } from '../http/index.ts'
import { answerLedger } from '../lists.ts'
import { whose } from '../whose.ts'
import { notificationView, toNotificationView } from './notification.view.ts'

/** What a notification is about: `booking`, `payment`, `pair`, `payout`, … */
const notificationType = z
  .string()
  .regex(/^[a-z_]{1,50}$/, { error: 'Must be a type, like booking.' })
  .meta({ description: 'Only those about this.', example: 'booking' })

export const listNotificationsRoute = defineRoute({
  method: 'get',
  path: '/notifications/',
  summary: 'Your notifications, newest first',
  description: 'Admins choose a member with `user`.',
  access: 'member',
  request: {
    query: cursorQuery.extend({
      is_read: queryFlag.optional(),
      notification_type: notificationType.optional(),
      user: entityId.optional().meta({ description: 'For admins: whose notifications.' }),
    }),
  },
  response: { status: 200, body: pageOrCursorView(notificationView) },
  refusals: ['user.not_found'],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = { userId: whose(actor, query.user), isRead: query.is_read, type: query.notification_type }
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
