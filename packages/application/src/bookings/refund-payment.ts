import { bookings, ledger, payments, plans, refunds, users, wallets } from '@ev/db'
import { DomainError, refundPayment as decideRefund, formatRupees, type Paise, refundAmount } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tell } from '../tell.ts'
import { recountActiveBuyer } from './active-buyer.ts'
import { lockPeople, reverseBonuses, withWhatIsKept } from './reverse-bonuses.ts'
import { payInstalments } from './settle-payment.ts'

export type RefundPayment = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  readonly paymentId: number
  /** Null gives back all that is left of the payment. */
  readonly amount: Paise | null
  readonly reason: string
}

/**
 * Gives a part or all of a payment back to the member. The referral bonus goes back in proportion, the instalments are laid out again, and
 * the member may stop being an Active Buyer. Refuses with `payment.not_found`, `payment.own`, `payment.not_positive`, `payment.refund_exceeds`.
 */
export function refundPayment(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  command: RefundPayment,
): Promise<Answer<payments.PaymentDetails>> {
  const { actor, paymentId, reason } = command
  return answerOnce(deps, command.idempotency, async (tx) => {
    const now = deps.clock.now()
    const { bookingId, userId } = await payments.get(tx, paymentId, { ownedBy: null })
    if (userId === actor.userId) throw new DomainError('payment.own')
    const row = await bookings.lock(tx, bookingId, { ownedBy: null })
    const bonuses = await payments.bonuses(tx, { bookingId, paymentId })
    await lockPeople(tx, { userId, bonuses })
    const booking = bookings.toBooking(row)
    const payment = payments.toPayment(await payments.get(tx, paymentId, { ownedBy: null }))
    const amount = refundAmount(booking, payment, command.amount)
    const facts = { paymentId, bookingId, userId, actorId: actor.userId, amount, reason, createdAt: now }
    const refund = await refunds.insert(tx, facts)
    const made = decideRefund(booking, payment, refund, await wallets.lock(tx, userId))
    const { refunded, status } = made.payment
    const nothingLeft = status === 'refunded' && { bonusDueAt: null }
    await payments.update(tx, paymentId, { refundedAmount: refunded, status, ...nothingLeft })
    await bookings.save(tx, made.booking, { now, emiPaidCount: await payInstalments(tx, made.booking, now) })
    await ledger.post(tx, made.journal, { now, actorId: actor.userId, planVersion: row.planVersion })
    const toReverse = await Promise.all(bonuses.map((bonus) => withWhatIsKept(tx, bonus, made.payment)))
    await reverseBonuses(tx, deps, { toReverse, actorId: actor.userId })
    await recountActiveBuyer(tx, deps, { user: await users.get(tx, userId), plan: await plans.current(tx, now) })
    await tell(tx, deps, 'payment.refunded', { refundId: refund.id })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'payment.refunded',
      subject: { type: 'payment', id: paymentId },
      details: { refundId: refund.id, bookingId, amount: formatRupees(amount) },
    })
    return payments.get(tx, paymentId, { ownedBy: null })
  })
}
