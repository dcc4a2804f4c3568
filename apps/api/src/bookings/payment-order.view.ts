import { type PaymentGateway, paymentProviders } from '@ev/application'
import type { paymentOrders } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant, rupees, textLine } from '../http/index.ts'

const orderId = textLine(100).meta({ description: 'The gateway’s id of the order.', example: 'order_Nb1XyZ' })
const paymentId = textLine(100).meta({ description: 'The gateway’s id of the payment.', example: 'pay_Nb1XyZ' })
const signature = textLine(200).meta({ description: 'By which the gateway says that the payment is for the order.' })

/** What a checkout page hands over. */
export const checkoutBody = z.object({ order_id: orderId, payment_id: paymentId, signature })

/**
 * An order to pay on the gateway's checkout page, which wants `key_id`, `order_id`, `amount_in_paise` and `currency`. Where there is no such
 * page (sandbox), `sandbox_checkout` is what it would have handed over: sent to `payments/verify/`, it pays.
 */
export const paymentOrderView = z.object({
  id: idNumber,
  booking: idNumber,
  booking_number: z.string(),
  provider: z.enum(paymentProviders).meta({ description: 'The payment gateway.' }),
  key_id: z.string().nullable().meta({ description: 'What the checkout page is opened with; null in the sandbox.' }),
  order_id: orderId,
  amount: rupees,
  amount_in_paise: z.int().meta({ description: 'The amount as the checkout page wants it.', example: 500_000 }),
  currency: z.literal('INR').meta({ description: 'Always Indian rupees.' }),
  status: z.enum(['created', 'paid', 'failed']),
  created_at: instant,
  sandbox_checkout: checkoutBody
    .nullable()
    .meta({ description: 'What a checkout page would hand over, in the sandbox; null elsewhere.' }),
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
