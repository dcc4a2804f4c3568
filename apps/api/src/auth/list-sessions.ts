import { sessions } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { sessionView, toSessionView } from './session.view.ts'

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
      (session) => toSessionView(session, actor),
    ),
})
