import { makePayment } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { optionalText } from '../fields.ts'
import { entityId, rupees } from '../http/index.ts'
import { paymentView, toPaymentView } from './payment.view.ts'

const paymentBody = z.object({
  amount: rupees,
  payment_method: z.enum(['online', 'bank_transfer', 'cash', 'wallet']),
  transaction_id: optionalText(200),
})

export const makePaymentRoute = defineRoute({
  method: 'post',
  path: '/booking/bookings/{id}/make_payment/',
  summary: 'Pay towards a booking',
  description:
    'Cash and bank transfers that a member reports are pending until staff confirm them; recorded by staff they count at once.',
  access: 'member',
  idempotent: 'money',
  limit: 'booking',
  request: { params: z.object({ id: entityId }), body: paymentBody },
  response: { status: 201, body: paymentView },
  refusals: [
    'auth.forbidden',
    'booking.not_found',
    'booking.expired',
    'booking.closed',
    'payment.not_positive',
    'payment.exceeds_remaining',
    'payment.duplicate_transaction',
    'payment.order_required',
    'wallet.insufficient',
  ],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const { value, replayed } = await makePayment(deps, {
      actor,
      idempotency,
      bookingId: params.id,
      amount: body.amount,
      method: body.payment_method,
      transactionId: body.transaction_id,
    })
    if (replayed) setReplayed()
    return toPaymentView(value)
  },
})
