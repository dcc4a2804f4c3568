import { paymentOrders, payments } from '@ev/db'
import { DomainError } from '@ev/domain'
import { type Actor, type Deps, ownedBy } from '../deps.ts'
import { type Answer, answerOnce, earlierAnswer, type Idempotency } from '../once.ts'
import { collectPayment, transactionIdOf } from './collect-payment.ts'
import type { Checkout } from './gateway.ts'

/**
 * Takes what the checkout page handed to the client, and lets the payment count once the gateway confirms that it has collected it; if the
 * gateway's own event came first, answers that payment. Refuses with `payment.order_not_found`, `payment.signature_invalid`,
 * `payment.not_captured`, `payment.amount_differs`, `payment.gateway_refused`, `service.unavailable`.
 */
export async function verifyPayment(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'gateway'>,
  { actor, idempotency, checkout }: { actor: Actor; idempotency: Idempotency; checkout: Checkout },
): Promise<Answer<payments.PaymentDetails>> {
  const earlier = await earlierAnswer<payments.PaymentDetails>(deps, idempotency)
  if (earlier) return earlier
  const { db, gateway } = deps
  const { orderId, paymentId } = checkout
  const order = await paymentOrders.find(db.read, { provider: gateway.name, providerOrderId: orderId })
  const owner = ownedBy(actor)
  if (!order || (owner !== null && order.userId !== owner)) throw new DomainError('payment.order_not_found')
  if (!gateway.isSigned(checkout)) throw new DomainError('payment.signature_invalid')
  const known = await payments.findByTransactionId(db.read, transactionIdOf(gateway.name, paymentId))
  if (known) return answerOnce(deps, idempotency, async () => known)
  const collected = await gateway.findCollected({ paymentId, order: { orderId, amount: order.amount } })
  if (!collected) throw new DomainError('payment.not_captured')
  if (collected.orderId !== orderId) throw new DomainError('payment.amount_differs')
  return answerOnce(deps, idempotency, async (tx) => {
    const { payment } = await collectPayment(tx, deps, { provider: gateway.name, collected })
    if (!payment) throw new DomainError('payment.amount_differs')
    return payment
  })
}
