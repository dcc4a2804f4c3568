import { ownerUnlessAdmin } from '@ev/application'
import { tdsRecords } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { entityId, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { financialYear } from './fields.ts'
import { tdsView, toTdsView } from './tds.view.ts'

export const listTdsRoute = defineRoute({
  method: 'get',
  path: '/compliance/tds/',
  summary: 'Tax deducted from your payouts, by financial year; admins see all',
  access: 'member',
  request: { query: pageQuery.extend({ financial_year: financialYear.optional(), user: entityId.optional() }) },
  response: { status: 200, body: pageView(tdsView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = { ownedBy: ownerUnlessAdmin(actor), userId: query.user, financialYear: query.financial_year }
    return answerPage({ query, url }, (page) => tdsRecords.list(db.read, filter, page), toTdsView)
  },
})
