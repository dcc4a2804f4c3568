import { describe, expect, test } from 'vitest'
import { journalLines } from '../ledger.ts'
import { rupees } from '../money.ts'
import { aBooking, aWallet, noon } from '../testing/builders.ts'
import { walletAfter } from '../wallet/wallet.ts'
import {
  type Booking,
  type BookingStatus,
  bookingStatuses,
  bookingTransitions,
  cancelBooking,
  expireBooking,
  isPastExpiry,
  nextStatuses,
  remainingOf,
  takesEmiDeductions,
} from './booking.ts'

const expiry = aBooking().expiresAt
const beforeExpiry = new Date(expiry.getTime() - 1)

test('moves of a booking', () => {
  expect(bookingTransitions).toEqual({
    pending: ['active', 'expired', 'cancelled'],
    active: ['completed', 'cancelled'],
    completed: [],
    expired: [],
    cancelled: [],
  })
  expect(nextStatuses('active')).toEqual(['completed', 'cancelled'])
})

test('what remains is the total less what is paid', () => {
  expect(remainingOf(aBooking({ totalPaid: rupees(5_000) }))).toBe(rupees(84_999))
})

describe('expiry', () => {
  test('begins at its instant and concerns pending bookings only', () => {
    expect(isPastExpiry(aBooking(), beforeExpiry)).toBe(false)
    expect(isPastExpiry(aBooking(), expiry)).toBe(true)
    expect(isPastExpiry(aBooking({ status: 'active' }), expiry)).toBe(false)
  })

  test('refunds everything to the wallet', () => {
    const { booking, journal } = expireBooking(aBooking({ totalPaid: rupees(700) }), aWallet(), expiry)
    expect(booking).toMatchObject({ status: 'expired', totalPaid: 0n })
    expect(journal).toMatchObject({
      key: 'refund:booking:1',
      statement: [{ userId: 7, type: 'REFUND', amount: rupees(700) }],
    })
    expect(walletAfter(aWallet(), journal!)).toEqual(aWallet({ balance: rupees(700) }))
  })

  test('of a booking that received nothing posts nothing', () => {
    expect(expireBooking(aBooking(), aWallet(), expiry).journal).toBeNull()
  })

  test('is refused before its time and in any other state', () => {
    const refused = expect.objectContaining({ code: 'booking.transition_refused' })
    expect(() => expireBooking(aBooking(), aWallet(), beforeExpiry)).toThrow(refused)
    for (const status of bookingStatuses.filter((each) => each !== 'pending')) {
      expect(() => expireBooking(aBooking({ status }), aWallet(), expiry)).toThrow(refused)
    }
  })
})

test.each<[string, Partial<Booking>, Date, boolean]>([
  ['pending', {}, noon, true],
  ['active', { status: 'active' }, expiry, true],
  ['past its expiry', {}, expiry, false],
  ['cancelled', { status: 'cancelled' }, noon, false],
  ['paid in full', { status: 'completed', totalPaid: rupees(89_999) }, noon, false],
  ['without EMI', { paymentOption: 'full_payment' }, noon, false],
])('an EMI booking that is %s takes deductions', (_, change, now, takes) => {
  expect(takesEmiDeductions(aBooking({ paymentOption: 'emi_options', ...change }), now)).toBe(takes)
})

describe('cancellation', () => {
  test.each<BookingStatus>(['pending', 'active'])('of a %s booking refunds, and pays what is owed first', (status) => {
    const owing = aWallet({ recoverable: rupees(100) })
    const { booking, journal } = cancelBooking(aBooking({ status, totalPaid: rupees(6_000), confirmedAt: noon }), owing)
    expect(booking).toMatchObject({ status: 'cancelled', confirmedAt: noon })
    expect(walletAfter(owing, journal!)).toEqual(aWallet({ balance: rupees(5_900) }))
    expect(journalLines(journal!)).toContainEqual({
      account: { kind: 'booking_receipts', bookingId: 1 },
      amount: rupees(-6_000),
    })
  })

  test.each<BookingStatus>(['completed', 'expired', 'cancelled'])('of a %s booking is refused', (status) => {
    expect(() => cancelBooking(aBooking({ status }), aWallet())).toThrow(
      expect.objectContaining({ code: 'booking.transition_refused', facts: { from: status, to: 'cancelled' } }),
    )
  })

  test('into the wallet of someone else is a fault', () => {
    expect(() => cancelBooking(aBooking({ totalPaid: 1n }), aWallet({ userId: 8 }))).toThrow('is not of member 8')
  })
})
