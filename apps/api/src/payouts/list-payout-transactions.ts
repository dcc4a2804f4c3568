import { ownedBy } from '@ev/application'
import { payouts } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { entityId, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { payoutTransactionView, toPayoutTransactionView } from './payout.view.ts'

export const listPayoutTransactionsRoute = defineRoute({
  method: 'get',
  path: '/payout/transactions/',
  summary: 'The parts of your completed payouts; staff see all',
  access: 'member',
  request: { query: pageQuery.extend({ payout: entityId.optional(), user: entityId.optional() }) },
  response: { status: 200, body: pageView(payoutTransactionView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = { ownedBy: ownedBy(actor), userId: query.user, payoutId: query.payout }
    return answerPage(
      { query, url },
      (page) => payouts.listTransactions(db.read, filter, page),
      toPayoutTransactionView,
    )
  },
})
