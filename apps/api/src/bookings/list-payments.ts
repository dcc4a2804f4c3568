import { ownedBy } from '@ev/application'
import { payments } from '@ev/db'
import { paymentMethods, paymentStatuses } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { createdQuery } from '../fields.ts'
import { cursorQuery, entityId, pageOrCursorView } from '../http/index.ts'
import { answerLedger } from '../lists.ts'
import { paymentView, toPaymentView } from './payment.view.ts'

const paymentsQuery = cursorQuery.extend({
  booking: entityId.optional(),
  user: entityId.optional(),
  status: z.enum(paymentStatuses).optional(),
  payment_method: z.enum(paymentMethods).optional(),
  ...createdQuery,
})

export const listPaymentsRoute = defineRoute({
  method: 'get',
  path: '/booking/payments/',
  summary: 'Your payments; staff see all',
  access: 'member',
  limit: 'booking',
  request: { query: paymentsQuery },
  response: { status: 200, body: pageOrCursorView(paymentView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = {
      ownedBy: ownedBy(actor),
      userId: query.user,
      bookingId: query.booking,
      status: query.status,
      paymentMethod: query.payment_method,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
    }
    return answerLedger(
      { query, url },
      {
        list: (page) => payments.list(db.read, filter, page),
        listBefore: (page) => payments.listBefore(db.read, filter, page),
      },
      toPaymentView,
    )
  },
})
