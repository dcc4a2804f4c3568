import { ownedBy } from '@ev/application'
import { network } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { calendarMonth, cursorQuery, entityId, pageOrCursorView } from '../http/index.ts'
import { answerLedger } from '../lists.ts'
import { pairView, toPairView } from './pair.view.ts'

export const listPairsRoute = defineRoute({
  method: 'get',
  path: '/binary/pairs/',
  summary: 'Your pairs, newest first; staff see all',
  description: 'Staff choose a member’s with `user`.',
  access: 'member',
  request: { query: cursorQuery.extend({ month: calendarMonth.optional(), user: entityId.optional() }) },
  response: { status: 200, body: pageOrCursorView(pairView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = { ownedBy: ownedBy(actor), userId: query.user, month: query.month }
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
