import { bookings, payments, plans, users } from '@ev/db'
import { DomainError, type Paise, type PaymentMethod, receivePayment } from '@ev/domain'
import { type Actor, type Deps, isStaff, ownedBy } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { isOfGateway } from '../payments/collect-payment.ts'
import { settlePayment } from './settle-payment.ts'

export type MakePayment = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  readonly bookingId: number
  readonly amount: Paise
  /** EMI deductions are made by the platform only. */
  readonly method: Exclude<PaymentMethod, 'emi_deduction'>
  readonly transactionId: string | null
}

/**
 * Pays towards a booking. Online payments and payments from the wallet count at once; cash and bank transfers count at once when staff
 * record them, and wait as `pending` for confirmation when the member does. Refuses with `booking.not_found`, `booking.expired`,
 * `booking.closed`, `payment.not_positive`, `payment.exceeds_remaining`, `wallet.insufficient`, `payment.duplicate_transaction`, and with
 * `payment.order_required` an online payment where a gateway takes the money.
 */
export function makePayment(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'gateway'>,
  command: MakePayment,
): Promise<Answer<payments.PaymentDetails>> {
  const { actor, method, amount, transactionId } = command
  if (method === 'online' && !deps.gateway.completesAtOnce) throw new DomainError('payment.order_required')
  if (transactionId !== null && isOfGateway(transactionId)) {
    throw new DomainError('validation.failed', { reason: 'Only a payment gateway gives such an id.' }, 'transaction_id')
  }
  return answerOnce(deps, command.idempotency, async (tx) => {
    const now = deps.clock.now()
    const booking = await bookings.lock(tx, command.bookingId, { ownedBy: ownedBy(actor) })
    // Before the payment's row, whose foreign key shares the member's row: two payments of one member would else wait for each other.
    const user = await users.lock(tx, booking.userId)
    if (transactionId !== null && (await payments.isTransactionIdUsed(tx, transactionId))) {
      throw new DomainError('payment.duplicate_transaction', {}, 'transaction_id')
    }
    const plan = await plans.current(tx, now)
    const counts = method === 'online' || method === 'wallet' || (isStaff(actor) && actor.userId !== booking.userId)
    if (method === 'wallet' && booking.userId !== actor.userId) throw new DomainError('auth.forbidden')
    // Only what the booking could take now is written down, also when it has to be confirmed first.
    const probe = { id: 0, userId: booking.userId, amount, method: 'online', wallet: null } as const
    receivePayment(bookings.toBooking(booking), probe, plan, now)
    const payment = await payments.insert(tx, {
      bookingId: booking.id,
      userId: booking.userId,
      recordedById: actor.userId === booking.userId ? null : actor.userId,
      amount,
      paymentMethod: method,
      status: counts ? 'completed' : 'pending',
      transactionId,
      paymentDate: now,
      completedAt: counts ? now : null,
      createdAt: now,
    })
    if (counts) await settlePayment(tx, deps, { booking, user, payment, plan, actorId: actor.userId })
    return { ...payment, booking: { bookingNumber: booking.bookingNumber } }
  })
}
