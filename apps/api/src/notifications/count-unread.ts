import { notifications } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'

export const countUnreadRoute = defineRoute({
  method: 'get',
  path: '/notifications/unread_count/',
  summary: 'How many notifications you have not read',
  access: 'member',
  request: {},
  response: { status: 200, body: z.object({ unread_count: z.int().min(0) }) },
  refusals: [],
  handle: async ({ db }, { actor }) => ({ unread_count: await notifications.countUnread(db.read, actor.userId) }),
})
