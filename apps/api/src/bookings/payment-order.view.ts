import { type PaymentGateway, paymentProviders } from '@ev/application'
import type { paymentOrders } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'

/**
 * An order to pay on the gateway's checkout page, which wants `key_id`, `order_id`, `amount_in_paise` and `currency`. Where there is no such
 * page (sandbox), `sandbox_checkout` is what it would have handed over: sent to `payments/verify/`, it pays.
 */
export const paymentOrderView = z.object({
  id: idNumber,
  booking: idNumber,
  booking_number: z.string(),
  provider: z.enum(paymentProviders),
  key_id: z.string().nullable(),
  order_id: z.string(),
  amount: rupees,
  amount_in_paise: z.int(),
  currency: z.literal('INR'),
  status: z.enum(['created', 'paid', 'failed']),
  created_at: instant,
  sandbox_checkout: z.object({ order_id: z.string(), payment_id: z.string(), signature: z.string() }).nullable(),
})

export function toPaymentOrderView(
  order: paymentOrders.PaymentOrderDetails,
  gateway: PaymentGateway,
): z.output<typeof paymentOrderView> {
  const checkout = gateway.checkoutFor(order.providerOrderId)
  return {
    id: order.id,
    booking: order.bookingId,
    booking_number: order.booking.bookingNumber,
    provider: gateway.name,
    key_id: gateway.keyId,
    order_id: order.providerOrderId,
    amount: order.amount,
    amount_in_paise: Number(order.amount),
    currency: 'INR',
    status: order.status,
    created_at: order.createdAt,
    sandbox_checkout: checkout && {
      order_id: checkout.orderId,
      payment_id: checkout.paymentId,
      signature: checkout.signature,
    },
  }
}
