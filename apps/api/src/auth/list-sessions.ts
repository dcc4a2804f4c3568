import { sessions } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { idNumber, instant, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'

const sessionView = z.object({
  id: idNumber,
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: instant,
  last_used_at: instant,
  expires_at: instant,
  is_current: z.boolean(),
})

export const listSessionsRoute = defineRoute({
  method: 'get',
  path: '/auth/sessions/',
  summary: 'Where you are logged in',
  description: 'Newest first. `is_current` marks the session of this request.',
  access: 'member',
  request: { query: pageQuery },
  response: { status: 200, body: pageView(sessionView) },
  refusals: [],
  handle: ({ db, clock }, { actor, query, request: { url } }) =>
    answerPage(
      { query, url },
      (page) => sessions.listLive(db.read, { userId: actor.userId, now: clock.now() }, page),
      (session): z.output<typeof sessionView> => ({
        id: session.id,
        ip_address: session.ipAddress,
        user_agent: session.userAgent,
        created_at: session.createdAt,
        last_used_at: session.lastUsedAt,
        expires_at: session.expiresAt,
        is_current: session.id === actor.sessionId,
      }),
    ),
})
