import type { Booking } from '../bookings/booking.ts'
import { rupees } from '../money.ts'
import { emptyWallet, type Wallet } from '../wallet/wallet.ts'

export const noon = new Date('2026-06-15T06:30:00.000Z')

/** A pending booking of ₹89,999 by member 7, valid for thirty days from noon. */
export function aBooking(change: Partial<Booking> = {}): Booking {
  return {
    id: 1,
    number: 'EVAAAA0001',
    userId: 7,
    status: 'pending',
    total: rupees(89_999),
    bookingAmount: rupees(500),
    totalPaid: 0n,
    paymentOption: 'full_payment',
    expiresAt: new Date('2026-07-15T06:30:00.000Z'),
    confirmedAt: null,
    completedAt: null,
    referrerId: null,
    ...change,
  }
}

export function aWallet(change: Partial<Wallet> = {}): Wallet {
  return { ...emptyWallet(7), ...change }
}
