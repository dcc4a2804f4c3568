import { markAllRead, markRead } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { notificationView, toNotificationView } from './notification.view.ts'

const markReadWith = (method: 'put' | 'post') =>
  defineRoute({
    method,
    path: '/notifications/{id}/mark_read/',
    summary: 'Mark a notification as read',
    access: 'member',
    request: { params: z.object({ id: entityId }) },
    response: { status: 200, body: notificationView },
    refusals: ['notification.not_found'],
    handle: async (deps, { actor, params }) =>
      toNotificationView(await markRead(deps, { userId: actor.userId, notificationId: params.id })),
  })

export const markReadRoutes = [markReadWith('put'), markReadWith('post')]

export const markAllReadRoute = defineRoute({
  method: 'post',
  path: '/notifications/mark_all_read/',
  summary: 'Mark all notifications as read',
  access: 'member',
  request: {},
  response: { status: 200, body: z.object({ marked: z.int().min(0) }) },
  refusals: [],
  handle: async (deps, { actor }) => ({ marked: await markAllRead(deps, { userId: actor.userId }) }),
})
