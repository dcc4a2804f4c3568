import { openingKey, refundKey } from '../journal-keys.ts'
import { type Account, type Journal, journal } from '../ledger.ts'
import type { Paise } from '../money.ts'
import type { PaymentMethod } from './receive-payment.ts'

/** Where the money of a payment came from: the world outside, or what the replaced platform had put aside. */
const sources: Readonly<Record<PaymentMethod, Account>> = {
  online: { kind: 'bank' },
  bank_transfer: { kind: 'bank' },
  cash: { kind: 'bank' },
  wallet: { kind: 'opening' },
  emi_deduction: { kind: 'opening' },
}

/** The journal of a payment that the replaced platform had received. */
export function takenOverPayment(payment: {
  readonly id: number
  readonly bookingId: number
  readonly amount: Paise
  readonly method: PaymentMethod
}): Journal {
  const { id, bookingId, amount, method } = payment
  return journal({
    key: openingKey('payment', id),
    reference: { type: 'payment', id },
    postings: [{ from: sources[method], to: { kind: 'booking_receipts', bookingId }, amount }],
    statement: [],
  })
}

/** The journal of a refund of what the replaced platform had received and did not count. */
export function takenOverRefund(refund: {
  readonly id: number
  readonly bookingId: number
  readonly amount: Paise
}): Journal {
  const { id, bookingId, amount } = refund
  return journal({
    key: refundKey(id),
    reference: { type: 'refund', id },
    postings: [{ from: { kind: 'booking_receipts', bookingId }, to: { kind: 'opening' }, amount }],
    statement: [],
  })
}
