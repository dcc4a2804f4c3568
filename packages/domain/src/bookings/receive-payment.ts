import type { Instant } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { paymentKey, reserveDrawKey } from '../journal-keys.ts'
import { type Account, type Journal, journal } from '../ledger.ts'
import { formatRupees, type Paise, sumPaise } from '../money.ts'
import type { CompensationPlan } from '../plan.ts'
import { requireAvailable, type Wallet } from '../wallet/wallet.ts'
import { acceptsPayments, type Booking, isPastExpiry, remainingOf } from './booking.ts'

/** `emi_deduction` is money that was kept back from earnings; the other methods are payments that the member made. */
export const paymentMethods = ['online', 'bank_transfer', 'cash', 'wallet', 'emi_deduction'] as const

export type PaymentMethod = (typeof paymentMethods)[number]

/** `pending` waits for confirmation and does not count; `refunded` was given back in full, a part leaves it `completed`. */
export const paymentStatuses = ['pending', 'completed', 'failed', 'refunded'] as const

export type PaymentStatus = (typeof paymentStatuses)[number]

export type ReceivedPayment = {
  readonly id: number
  /** The member who pays. */
  readonly userId: number
  readonly amount: Paise
  readonly method: PaymentMethod
  /** The paying member's wallet for `wallet` and `emi_deduction`; null for money from outside. */
  readonly wallet: Wallet | null
}

/**
 * Receives a payment for a booking at `now`. Refuses what the booking cannot take (`booking.expired`, `booking.closed`,
 * `payment.not_positive`, `payment.exceeds_remaining`) and what the wallet does not have (`wallet.insufficient`); returns the booking
 * after the payment and the journal that records it. The booking became confirmed by this payment when `confirmedAt` was null before.
 */
export function receivePayment(
  booking: Booking,
  payment: ReceivedPayment,
  plan: CompensationPlan,
  now: Instant,
): { booking: Booking; journal: Journal } {
  const remaining = remainingOf(booking)
  if (booking.status === 'expired' || isPastExpiry(booking, now)) {
    throw new DomainError('booking.expired', { bookingNumber: booking.number })
  }
  if (!acceptsPayments(booking.status)) throw new DomainError('booking.closed', { status: booking.status })
  if (payment.amount <= 0n) throw new DomainError('payment.not_positive', {}, 'amount')
  if (payment.amount > remaining) {
    throw new DomainError('payment.exceeds_remaining', { remaining: formatRupees(remaining) }, 'amount')
  }
  requireFunds(payment)

  const totalPaid = booking.totalPaid + payment.amount
  return {
    booking: { ...booking, totalPaid, ...statusAfter(booking, totalPaid, plan, now) },
    journal: paymentJournal(booking, payment),
  }
}

/** Paid in full: completed. From the Active Buyer threshold: active. Both confirm the booking, once. */
function statusAfter(
  booking: Booking,
  totalPaid: Paise,
  plan: CompensationPlan,
  now: Instant,
): Pick<Booking, 'status' | 'confirmedAt' | 'completedAt'> {
  const { status, confirmedAt, completedAt } = booking
  if (totalPaid === booking.total) return { status: 'completed', confirmedAt: confirmedAt ?? now, completedAt: now }
  if (totalPaid < plan.activeBuyerThreshold) return { status, confirmedAt, completedAt }
  return { status: 'active', confirmedAt: confirmedAt ?? now, completedAt }
}

/** Only the program itself draws on a reserve, and draws what is there; too little in it is a fault, not a refusal. */
function requireFunds({ id, userId, amount, method, wallet }: ReceivedPayment): void {
  if (method !== 'wallet' && method !== 'emi_deduction') return
  if (wallet?.userId !== userId) throw new Error(`Payment ${id} by ${method} needs the wallet of member ${userId}.`)
  if (method === 'wallet') requireAvailable(wallet, amount)
  else if (amount > wallet.emiReserve) throw new Error(`Payment ${id} draws more than member ${userId}'s EMI reserve.`)
}

/** The journal of a payment: from where its method takes the money into the booking's receipts. */
export function paymentJournal(
  booking: Pick<Booking, 'id' | 'number'>,
  { id, userId, amount, method }: Omit<ReceivedPayment, 'wallet'>,
): Journal {
  const description = `Payment for booking ${booking.number}`
  return journal({
    key: method === 'emi_deduction' ? reserveDrawKey(id) : paymentKey(id),
    reference: { type: 'payment', id },
    postings: [
      { from: fundingAccount(method, userId), to: { kind: 'booking_receipts', bookingId: booking.id }, amount },
    ],
    statement: method === 'wallet' ? [{ userId, type: 'BOOKING_PAYMENT', amount: -amount, description }] : [],
  })
}

const fundingKind = {
  online: 'bank',
  bank_transfer: 'bank',
  cash: 'bank',
  wallet: 'member_wallet',
  emi_deduction: 'member_emi_reserve',
} as const satisfies Record<PaymentMethod, Account['kind']>

function fundingAccount(method: PaymentMethod, userId: number): Account {
  const kind = fundingKind[method]
  return kind === 'bank' ? { kind } : { kind, userId }
}

/** What a member has paid by each method, net of refunds, over the bookings that are neither cancelled nor expired. */
export type PaidByMethod = Partial<Readonly<Record<PaymentMethod, Paise>>>

/** Whether a member is an Active Buyer now. It can be lost again when money is refunded. */
export function activeBuyer(paid: PaidByMethod, plan: CompensationPlan): boolean {
  const counted = plan.activeBuyerCounts === 'external_only' ? externalMethods : paymentMethods
  return sumPaise(counted.map((method) => paid[method] ?? 0n)) >= plan.activeBuyerThreshold
}

const externalMethods: readonly PaymentMethod[] = paymentMethods.filter((method) => fundingKind[method] === 'bank')
