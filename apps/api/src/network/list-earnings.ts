import { earnings } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { earningView, toEarningView } from './pair.view.ts'

export const listEarningsRoute = defineRoute({
  method: 'get',
  path: '/binary/earnings/',
  summary: 'What your pairs earned, newest first',
  access: 'member',
  request: { query: pageQuery },
  response: { status: 200, body: pageView(earningView) },
  refusals: [],
  handle: ({ db }, { actor, query, request: { url } }) =>
    answerPage({ query, url }, (page) => earnings.list(db.read, { userId: actor.userId }, page), toEarningView),
})
