import { bookings, ledger, paymentOrders, payments, plans, refunds, type Tx, users, wallets } from '@ev/db'
import { type CompensationPlan, isDomainError, receivePayment, returnPayment } from '@ev/domain'
import { settlePayment } from '../bookings/settle-payment.ts'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import { type CollectedPayment, currency, type PaymentProvider, paymentProviders } from './gateway.ts'

/** `counted` and `returned` moved the money, once; the others moved nothing. */
export type Collected =
  | { readonly outcome: 'counted' | 'returned' | 'repeated'; readonly payment: payments.PaymentDetails }
  | { readonly outcome: 'unknown_order' | 'differs'; readonly payment: null }

type CollectDeps = Pick<Deps, 'clock' | 'ids'>

/**
 * Lets money count that a gateway has collected for one of its orders: once for each of the gateway's payment ids, whoever tells of it first.
 * What differs from the order in amount or currency counts nowhere. What the booking can no longer take (it expired, was cancelled, or was
 * paid otherwise meanwhile, or its order was paid before) is not lost: it passes through as a refunded payment into the member's wallet.
 */
export async function collectPayment(
  tx: Tx,
  deps: CollectDeps,
  { provider, collected }: { provider: PaymentProvider; collected: CollectedPayment },
): Promise<Collected> {
  const order = await paymentOrders.find(tx, { provider, providerOrderId: collected.orderId })
  if (!order) return { outcome: 'unknown_order', payment: null }
  if (collected.currency !== currency || collected.amount !== order.amount) return { outcome: 'differs', payment: null }
  const booking = await bookings.lock(tx, order.bookingId, { ownedBy: null })
  const user = await users.lock(tx, booking.userId)
  const transactionId = transactionIdOf(provider, collected.paymentId)
  const earlier = await payments.findByTransactionId(tx, transactionId)
  if (earlier) return { outcome: 'repeated', payment: earlier }
  const plan = await plans.current(tx, deps.clock.now())
  // Read again under the booking's lock: two payments of one order come one after the other.
  const { id: orderId, paymentId } = await paymentOrders.get(tx, order.id)
  const isTaken = paymentId === null && takes(booking, { amount: order.amount, plan, now: deps.clock.now() })
  const money = { booking, user, amount: order.amount, transactionId, plan }
  const id = isTaken ? await count(tx, deps, money) : await giveBack(tx, deps, money)
  await paymentOrders.markPaid(tx, { id: orderId, paymentId: paymentId ?? id, now: deps.clock.now() })
  return { outcome: isTaken ? 'counted' : 'returned', payment: await payments.get(tx, id, { ownedBy: null }) }
}

/** How a gateway's payment is named among all transactions. Nobody else can take such a name: ids that clients send never have this form. */
export function transactionIdOf(provider: PaymentProvider, paymentId: string): string {
  return `${provider}:${paymentId}`
}

/** Whether a transaction id has the form of a gateway's. */
export function isOfGateway(transactionId: string): boolean {
  return paymentProviders.some((provider) => transactionId.startsWith(transactionIdOf(provider, '')))
}

type Money = {
  readonly booking: bookings.BookingRow
  readonly user: users.User
  readonly amount: bigint
  readonly transactionId: string
  readonly plan: CompensationPlan
}

function takes(
  row: bookings.BookingRow,
  { amount, plan, now }: { amount: bigint; plan: CompensationPlan; now: Date },
): boolean {
  try {
    receivePayment(
      bookings.toBooking(row),
      { id: 0, userId: row.userId, amount, method: 'online', wallet: null },
      plan,
      now,
    )
    return true
  } catch (error) {
    if (isDomainError(error)) return false
    throw error
  }
}

async function count(tx: Tx, deps: CollectDeps, { plan, ...money }: Money): Promise<number> {
  const payment = await insertOnline(tx, deps, money)
  await settlePayment(tx, deps, { booking: money.booking, user: money.user, payment, plan, actorId: null })
  return payment.id
}

async function giveBack(tx: Tx, deps: CollectDeps, { plan, ...money }: Money): Promise<number> {
  const now = deps.clock.now()
  const { id: bookingId, userId } = money.booking
  const row = await insertOnline(tx, deps, money)
  const reason = 'The booking could not take the payment any more.'
  const facts = { paymentId: row.id, bookingId, userId, actorId: null, amount: row.amount, reason, createdAt: now }
  const refund = await refunds.insert(tx, facts)
  const wallet = await wallets.lock(tx, userId)
  for (const journal of returnPayment(bookings.toBooking(money.booking), payments.toPayment(row), refund, wallet)) {
    await ledger.post(tx, journal, { now, planVersion: plan.version })
  }
  await payments.update(tx, row.id, { status: 'refunded', refundedAmount: row.amount, notes: reason })
  await tell(tx, deps, 'payment.refunded', { refundId: refund.id })
  return row.id
}

function insertOnline(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { booking, amount, transactionId }: Omit<Money, 'plan' | 'user'>,
): Promise<payments.PaymentRow> {
  const now = clock.now()
  return payments.insert(tx, {
    bookingId: booking.id,
    userId: booking.userId,
    amount,
    paymentMethod: 'online',
    status: 'completed',
    transactionId,
    paymentDate: now,
    completedAt: now,
    createdAt: now,
  })
}
