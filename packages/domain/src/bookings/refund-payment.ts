import { DomainError } from '../errors.ts'
import { refundKey } from '../journal-keys.ts'
import { type Account, type Journal, journal } from '../ledger.ts'
import { formatRupees, type Paise } from '../money.ts'
import { creditPostings, type Wallet } from '../wallet/wallet.ts'
import { type Booking, isClosed } from './booking.ts'
import { type PaymentMethod, type PaymentStatus, paymentJournal } from './receive-payment.ts'

/** A payment as it stands; `refunded` is what has been given back of it. */
export type Payment = {
  readonly id: number
  readonly userId: number
  readonly amount: Paise
  readonly refunded: Paise
  readonly method: PaymentMethod
  readonly status: PaymentStatus
}

/** A refund to be made of a payment. */
export type Refund = { readonly id: number; readonly amount: Paise }

/** What of a payment can still be given back. A closed booking has given everything back already. */
export function refundableOf(booking: Pick<Booking, 'status'>, payment: Payment): Paise {
  if (isClosed(booking.status) || payment.status !== 'completed') return 0n
  return payment.amount - payment.refunded
}

/**
 * The amount of a refund: what is asked for, or all that is left when nothing is (`null`). Refuses with `payment.not_positive` and
 * `payment.refund_exceeds`.
 */
export function refundAmount(booking: Pick<Booking, 'status'>, payment: Payment, asked: Paise | null): Paise {
  const refundable = refundableOf(booking, payment)
  const amount = asked ?? refundable
  if (asked !== null && asked <= 0n) throw new DomainError('payment.not_positive', {}, 'amount')
  if (refundable === 0n || amount > refundable) {
    throw new DomainError('payment.refund_exceeds', { refundable: formatRupees(refundable) })
  }
  return amount
}

/**
 * Gives a part or all of a payment back to the member. Money goes to the wallet; an EMI deduction goes back to the EMI reserve, because it
 * never was money to withdraw. The booking keeps its state, also when it was completed, and its confirmation; only what is paid changes.
 * Refuses as `refundAmount` does.
 */
export function refundPayment(
  booking: Booking,
  payment: Payment,
  refund: Refund,
  wallet: Wallet,
): { booking: Booking; payment: Payment; journal: Journal } {
  const amount = refundAmount(booking, payment, refund.amount)
  const refunded = payment.refunded + amount
  return {
    booking: { ...booking, totalPaid: booking.totalPaid - amount },
    payment: { ...payment, refunded, status: refunded === payment.amount ? 'refunded' : 'completed' },
    journal: refundJournal(booking, payment, refund, wallet),
  }
}

/**
 * Takes in money that a gateway has collected for a booking that cannot take it, and gives it to the member's wallet at once: two journals,
 * to be posted in this order, that leave the booking as it is.
 */
export function returnPayment(
  booking: Booking,
  payment: Payment,
  refund: Refund,
  wallet: Wallet,
): readonly [received: Journal, returned: Journal] {
  return [paymentJournal(booking, payment), refundJournal(booking, payment, refund, wallet)]
}

/** The journal of a refund: out of the booking's receipts into the member's wallet, or back into the EMI reserve that it came from. */
export function refundJournal(
  booking: Pick<Booking, 'id' | 'number'>,
  { id: paymentId, userId, method }: Pick<Payment, 'id' | 'userId' | 'method'>,
  { id, amount }: Refund,
  wallet: Wallet,
): Journal {
  if (wallet.userId !== userId) throw new Error(`Payment ${paymentId} is not of member ${wallet.userId}.`)
  const from: Account = { kind: 'booking_receipts', bookingId: booking.id }
  const entry = { key: refundKey(id), reference: { type: 'refund', id } } as const
  if (method === 'emi_deduction') {
    return journal({
      ...entry,
      postings: [{ from, to: { kind: 'member_emi_reserve', userId }, amount }],
      statement: [],
    })
  }
  const description = `Refund of a payment for booking ${booking.number}`
  return journal({
    ...entry,
    ...creditPostings(wallet, { from, amount, type: 'REFUND', description, isEarning: false }),
  })
}
