import type { Instant } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { bookingRefundKey } from '../journal-keys.ts'
import { type Journal, journal } from '../ledger.ts'
import type { Paise } from '../money.ts'
import { creditPostings, type Wallet } from '../wallet/wallet.ts'

export const bookingStatuses = ['pending', 'active', 'completed', 'expired', 'cancelled'] as const

export type BookingStatus = (typeof bookingStatuses)[number]

/** Every move that a booking can make. A full payment of a pending booking makes both moves of its way at once. */
export const bookingTransitions: Readonly<Record<BookingStatus, readonly BookingStatus[]>> = {
  pending: ['active', 'expired', 'cancelled'],
  active: ['completed', 'cancelled'],
  completed: [],
  expired: [],
  cancelled: [],
}

export const paymentOptions = ['full_payment', 'emi_options'] as const

export type PaymentOption = (typeof paymentOptions)[number]

/**
 * A booking. `total` is the vehicle's price when it was booked; `totalPaid` is what has been received, net of refunds, and stands in the
 * account `booking_receipts` of the booking. `confirmedAt` is set once and never moved.
 */
export type Booking = {
  readonly id: number
  readonly number: string
  readonly userId: number
  readonly status: BookingStatus
  readonly total: Paise
  readonly bookingAmount: Paise
  readonly totalPaid: Paise
  readonly paymentOption: PaymentOption
  readonly expiresAt: Instant
  readonly confirmedAt: Instant | null
  readonly completedAt: Instant | null
  /** Who referred this booking, when it names someone; else the member's own referrer counts. */
  readonly referrerId: number | null
}

/** The states that a booking may be moved to; empty for a final one. */
export function nextStatuses(status: BookingStatus): readonly BookingStatus[] {
  return bookingTransitions[status]
}

/** What is still to be paid of the total. */
export function remainingOf(booking: Pick<Booking, 'total' | 'totalPaid'>): Paise {
  return booking.total - booking.totalPaid
}

/** Whether a booking takes payments in this state. */
export function acceptsPayments(status: BookingStatus): boolean {
  return status === 'pending' || status === 'active'
}

/** Whether a booking was closed without being paid off: it has given back all that it had received. */
export function isClosed(status: BookingStatus): boolean {
  return status === 'expired' || status === 'cancelled'
}

/** Whether a booking is to be expired: it is still pending and `now` is its expiry or later, whether or not anyone has noticed. */
export function isPastExpiry(booking: Pick<Booking, 'status' | 'expiresAt'>, now: Instant): boolean {
  return booking.status === 'pending' && now.getTime() >= booking.expiresAt.getTime()
}

/** Refuses with `booking.not_editable` to change what was booked once the booking is no longer pending. */
export function requireEditable(booking: Pick<Booking, 'status' | 'expiresAt'>, now: Instant): void {
  if (booking.status === 'pending' && !isPastExpiry(booking, now)) return
  throw new DomainError('booking.not_editable', { status: booking.status === 'pending' ? 'expired' : booking.status })
}

/**
 * Whether EMI deductions of pairs and payouts, and what stands in the member's EMI reserve, go to this booking at `now`: an EMI booking
 * that takes payments and still owes something. Of several, the oldest is served first.
 */
export function takesEmiDeductions(booking: Booking, now: Instant): boolean {
  const isOpen = acceptsPayments(booking.status) && !isPastExpiry(booking, now)
  return booking.paymentOption === 'emi_options' && isOpen && remainingOf(booking) > 0n
}

/** A booking that was closed, and the refund of what it had received; no journal when it had received nothing. */
export type ClosedBooking = { readonly booking: Booking; readonly journal: Journal | null }

/**
 * Expires a pending booking whose time is over and refunds all that it had received to the member's wallet.
 * `wallet` is the member's. Refuses any other booking with `booking.transition_refused`.
 */
export function expireBooking(booking: Booking, wallet: Wallet, now: Instant): ClosedBooking {
  if (!isPastExpiry(booking, now)) throw transitionRefused(booking.status, 'expired')
  return closeBooking(booking, 'expired', wallet)
}

/**
 * Cancels a pending or active booking and refunds all that it had received to the member's wallet. The referral bonuses of its payments
 * are reversed one by one with `reverseReferral`. Refuses a final booking with `booking.transition_refused`.
 */
export function cancelBooking(booking: Booking, wallet: Wallet): ClosedBooking {
  return closeBooking(booking, 'cancelled', wallet)
}

function closeBooking(booking: Booking, status: 'expired' | 'cancelled', wallet: Wallet): ClosedBooking {
  if (!nextStatuses(booking.status).includes(status)) throw transitionRefused(booking.status, status)
  if (wallet.userId !== booking.userId) throw new Error(`Booking ${booking.id} is not of member ${wallet.userId}.`)
  return { booking: { ...booking, status, totalPaid: 0n }, journal: refundOf(booking, status, wallet) }
}

function refundOf(booking: Booking, status: 'expired' | 'cancelled', wallet: Wallet): Journal | null {
  if (booking.totalPaid === 0n) return null
  return journal({
    key: bookingRefundKey(booking.id),
    reference: { type: 'booking', id: booking.id },
    ...creditPostings(wallet, {
      from: { kind: 'booking_receipts', bookingId: booking.id },
      amount: booking.totalPaid,
      type: 'REFUND',
      description: `Refund of ${status} booking ${booking.number}`,
      isEarning: false,
    }),
  })
}

function transitionRefused(from: BookingStatus, to: BookingStatus): DomainError {
  return new DomainError('booking.transition_refused', { from, to })
}
