import { ownedBy } from '@ev/application'
import { payouts } from '@ev/db'
import { payoutStatuses } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { createdQuery } from '../fields.ts'
import { entityId, orderingQuery, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { payoutView, toPayoutView } from './payout.view.ts'

const payoutsQuery = pageQuery.extend({
  status: z.enum(payoutStatuses).optional(),
  user: entityId.optional(),
  batch: entityId.optional().meta({ description: 'Only those of this batch.' }),
  ...createdQuery,
  ordering: orderingQuery({ fields: ['created_at'], initial: '-created_at' }),
})

export const listPayoutsRoute = defineRoute({
  method: 'get',
  path: '/payout/',
  summary: 'Your payouts; staff see all',
  access: 'member',
  request: { query: payoutsQuery },
  response: { status: 200, body: pageView(payoutView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = {
      ownedBy: ownedBy(actor),
      userId: query.user,
      batchId: query.batch,
      status: query.status,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
    }
    const { direction } = query.ordering
    return answerPage({ query, url }, (page) => payouts.list(db.read, filter, { ...page, direction }), toPayoutView)
  },
})
