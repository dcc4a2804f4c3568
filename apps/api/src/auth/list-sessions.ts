import { sessions } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { entityId, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { whose } from '../whose.ts'
import { sessionView, toSessionView } from './session.view.ts'

export const listSessionsRoute = defineRoute({
  method: 'get',
  path: '/auth/sessions/',
  summary: 'Where you are logged in',
  description: 'Newest first. `is_current` marks the session of this request. Admins choose a member with `user`.',
  access: 'member',
  request: {
    query: pageQuery.extend({
      user: entityId.optional().meta({ description: 'For admins: whose sessions.' }),
    }),
  },
  response: { status: 200, body: pageView(sessionView) },
  refusals: ['user.not_found'],
  handle: ({ db, clock }, { actor, query, request: { url } }) =>
    answerPage(
      { query, url },
      (page) => sessions.listLive(db.read, { userId: whose(actor, query.user), now: clock.now() }, page),
      (session) => toSessionView(session, actor),
    ),
})
