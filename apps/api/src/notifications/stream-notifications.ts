import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { notificationView, toNotificationView } from './notification.view.ts'

/** The id of the last notification that the client has, 0 for none of them; text that is no id is taken as absent, as `EventSource` would send it. */
const lastEventId = z
  .string()
  .optional()
  .meta({ description: 'The id of the last notification that you have; those after it are sent first.', example: '41' })
const knownId = z.coerce.number().int().min(0).max(2_147_483_647)

export const streamNotificationsRoute = defineRoute({
  method: 'get',
  path: '/notifications/stream/',
  summary: 'Your notifications as they come, as server-sent events',
  description:
    'Each event is named `notification`, has the notification’s id as `id` and the notification as JSON in `data`. With `Last-Event-ID` (or `last_event_id`) those after it are sent first. The stream ends with the session or the access token; connect again with the last id. The token goes in the `Authorization` header, as everywhere.',
  access: 'member',
  request: {
    query: z.object({ last_event_id: lastEventId }),
    headers: z.object({ 'last-event-id': lastEventId }),
  },
  response: { status: 200, stream: 'text/event-stream', description: 'An open stream of events.' },
  refusals: ['notification.too_many_streams'],
  handle({ notificationFeed }, { actor, query, headers }) {
    const given = headers['last-event-id'] || query.last_event_id
    const after = given ? (knownId.safeParse(given).data ?? null) : null
    const open = notificationFeed.admit(actor)
    return (response) => open(response, { after, encode: (row) => z.encode(notificationView, toNotificationView(row)) })
  },
})
