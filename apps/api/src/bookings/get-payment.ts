import { ownedBy } from '@ev/application'
import { payments } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { paymentView, toPaymentView } from './payment.view.ts'

export const getPaymentRoute = defineRoute({
  method: 'get',
  path: '/booking/payments/{id}/',
  summary: 'One payment',
  access: 'member',
  limit: 'booking',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: paymentView },
  refusals: ['payment.not_found'],
  handle: async ({ db }, { actor, params }) =>
    toPaymentView(await payments.get(db.read, params.id, { ownedBy: ownedBy(actor) })),
})
