import { tdsRecords } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { tdsView, toTdsView } from './tds.view.ts'

const financialYear = z.string().regex(/^\d{4}-\d{2}$/, { error: 'Must be a financial year, like 2026-27.' })

export const listTdsRoute = defineRoute({
  method: 'get',
  path: '/compliance/tds/',
  summary: 'Tax deducted from your payouts, by financial year; admins see all',
  access: 'member',
  request: { query: pageQuery.extend({ financial_year: financialYear.optional(), user: entityId.optional() }) },
  response: { status: 200, body: pageView(tdsView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const ownedBy = actor.role === 'admin' ? null : actor.userId
    const filter = { ownedBy, userId: query.user, financialYear: query.financial_year }
    return answerPage({ query, url }, (page) => tdsRecords.list(db.read, filter, page), toTdsView)
  },
})
