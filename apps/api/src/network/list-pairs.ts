import { network } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { calendarMonth, cursorQuery, pageOrCursorView } from '../http/index.ts'
import { answerLedger } from '../lists.ts'
import { pairView, toPairView } from './pair.view.ts'

export const listPairsRoute = defineRoute({
  method: 'get',
  path: '/binary/pairs/',
  summary: 'Your pairs, newest first',
  access: 'member',
  request: { query: cursorQuery.extend({ month: calendarMonth.optional() }) },
  response: { status: 200, body: pageOrCursorView(pairView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = { userId: actor.userId, month: query.month }
    return answerLedger(
      { query, url },
      {
        list: (page) => network.listPairs(db.read, filter, page),
        listBefore: (page) => network.listPairsBefore(db.read, filter, page),
      },
      toPairView,
    )
  },
})
