import { bookings, paymentOrders, plans, type Reader, type Tx, users } from '@ev/db'
import { type Paise, receivePayment } from '@ev/domain'
import { type Actor, type Deps, ownedBy } from '../deps.ts'
import { type Answer, answerOnce, earlierAnswer, type Idempotency } from '../once.ts'

export type OpenPaymentOrder = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  readonly bookingId: number
  readonly amount: Paise
}

/**
 * Opens an order at the payment gateway for an amount that the booking can take now. The gateway is asked outside any transaction; a second
 * order that two requests with one key may leave there is never shown to anybody. Refuses with `booking.not_found`, `booking.expired`,
 * `booking.closed`, `payment.not_positive`, `payment.exceeds_remaining`, `payment.gateway_refused`, `service.unavailable`.
 */
export async function openPaymentOrder(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'gateway'>,
  command: OpenPaymentOrder,
): Promise<Answer<paymentOrders.PaymentOrderDetails>> {
  const { db, clock, ids, gateway } = deps
  const earlier = await earlierAnswer<paymentOrders.PaymentOrderDetails>(deps, command.idempotency)
  if (earlier) return earlier
  await requireTakes(db.read, deps, command)
  const opened = await gateway.createOrder({ amount: command.amount, receipt: receiptOf(ids.uuid()) })
  return answerOnce(deps, command.idempotency, async (tx) => {
    const { bookingId, amount } = command
    const { userId } = await bookings.lock(tx, bookingId, { ownedBy: ownedBy(command.actor) })
    await users.lock(tx, userId)
    await requireTakes(tx, deps, command)
    const order = { provider: gateway.name, providerOrderId: opened.orderId, bookingId, userId, amount }
    return paymentOrders.insert(tx, order, clock.now())
  })
}

async function requireTakes(
  reader: Reader | Tx,
  { clock }: Pick<Deps, 'clock'>,
  { actor, bookingId, amount }: OpenPaymentOrder,
): Promise<void> {
  const now = clock.now()
  const row = await bookings.get(reader, bookingId, { ownedBy: ownedBy(actor) })
  const probe = { id: 0, userId: row.userId, amount, method: 'online', wallet: null } as const
  receivePayment(bookings.toBooking(row), probe, await plans.current(reader, now), now)
}

/** Razorpay takes at most 40 characters. */
function receiptOf(uuid: string): string {
  return `ev-${uuid}`
}
