import { bookings, payments, plans, type Tx, users } from '@ev/db'
import { DomainError, formatRupees } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tell } from '../tell.ts'
import { settlePayment } from './settle-payment.ts'

type Reviewing = { readonly actor: Actor; readonly idempotency: Idempotency; readonly paymentId: number }
type UseCaseDeps = Pick<Deps, 'db' | 'clock' | 'ids'>

/**
 * Lets a payment that a member reported count, now that staff have seen the money. What the booking can take is checked again. Refuses with
 * `payment.not_found`, `payment.own`, `payment.not_pending`, and as receiving a payment does.
 */
export function confirmPayment(deps: UseCaseDeps, command: Reviewing): Promise<Answer<payments.PaymentDetails>> {
  const { actor, paymentId } = command
  return answerOnce(deps, command.idempotency, async (tx) => {
    const now = deps.clock.now()
    const { booking, user } = await lockPending(tx, command)
    const payment = await payments.update(tx, paymentId, { status: 'completed', completedAt: now })
    const plan = await plans.current(tx, now)
    await settlePayment(tx, deps, { booking, user, payment, plan, actorId: actor.userId })
    await audit(tx, deps, { actor, payment, action: 'payment.confirmed' })
    return payments.get(tx, paymentId, { ownedBy: null })
  })
}

/** Marks a payment that a member reported as failed: the money did not come. Refuses with `payment.not_found`, `payment.own`, `payment.not_pending`. */
export function failPayment(
  deps: UseCaseDeps,
  command: Reviewing & { readonly reason: string },
): Promise<Answer<payments.PaymentDetails>> {
  const { actor, paymentId, reason } = command
  return answerOnce(deps, command.idempotency, async (tx) => {
    await lockPending(tx, command)
    const payment = await payments.update(tx, paymentId, { status: 'failed', notes: reason })
    await tell(tx, deps, 'payment.failed', { paymentId })
    await audit(tx, deps, { actor, payment, action: 'payment.failed' })
    return payments.get(tx, paymentId, { ownedBy: null })
  })
}

/** Holds the payment's booking and member, by which everything about a payment is serialised, and makes sure that it waits for a review. */
async function lockPending(
  tx: Tx,
  { actor, paymentId }: Pick<Reviewing, 'actor' | 'paymentId'>,
): Promise<{ booking: bookings.BookingRow; user: users.User }> {
  const { bookingId, userId } = await payments.get(tx, paymentId, { ownedBy: null })
  if (userId === actor.userId) throw new DomainError('payment.own')
  const booking = await bookings.lock(tx, bookingId, { ownedBy: null })
  const user = await users.lock(tx, userId)
  const { status } = await payments.get(tx, paymentId, { ownedBy: null })
  if (status !== 'pending') throw new DomainError('payment.not_pending', { status })
  return { booking, user }
}

function audit(
  tx: Tx,
  deps: UseCaseDeps,
  { actor, payment, action }: { actor: Actor; payment: payments.PaymentRow; action: string },
): Promise<void> {
  return recordAudit(tx, deps, {
    actorId: actor.userId,
    action,
    subject: { type: 'payment', id: payment.id },
    details: { bookingId: payment.bookingId, amount: formatRupees(payment.amount), method: payment.paymentMethod },
  })
}
