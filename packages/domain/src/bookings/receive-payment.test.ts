import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rupees } from '../money.ts'
import { defaultPlan } from '../plan.ts'
import { aBooking, aWallet, noon } from '../testing/builders.ts'
import { walletAfter } from '../wallet/wallet.ts'
import type { Booking } from './booking.ts'
import { activeBuyer, type PaidByMethod, type ReceivedPayment, receivePayment } from './receive-payment.ts'

const payment = (change: Partial<ReceivedPayment> = {}): ReceivedPayment => ({
  id: 42,
  userId: 7,
  amount: rupees(500),
  method: 'online',
  wallet: null,
  ...change,
})

const pay = (booking: Booking, change: Partial<ReceivedPayment> = {}, now = noon) =>
  receivePayment(booking, payment(change), defaultPlan, now)

describe('status after a payment', () => {
  test('below the threshold it stays pending', () => {
    const { booking } = pay(aBooking(), { amount: rupees('4999.99') })
    expect(booking).toMatchObject({ status: 'pending', totalPaid: rupees('4999.99'), confirmedAt: null })
  })

  test('at the threshold it is active and confirmed', () => {
    const { booking } = pay(aBooking({ totalPaid: rupees('4999.99') }), { amount: 1n })
    expect(booking).toMatchObject({ status: 'active', confirmedAt: noon, completedAt: null })
  })

  test('the confirmation never moves', () => {
    const confirmed = aBooking({ status: 'active', totalPaid: rupees(5_000), confirmedAt: noon })
    const later = new Date(noon.getTime() + 1_000)
    expect(pay(confirmed, {}, later).booking.confirmedAt).toEqual(noon)
    const full = pay(confirmed, { amount: rupees(84_999) }, later).booking
    expect(full).toMatchObject({ status: 'completed', confirmedAt: noon, completedAt: later })
  })

  test('paid in full it is completed and confirmed, even below the threshold', () => {
    const cheap = aBooking({ total: rupees(900) })
    const { booking } = pay(cheap, { amount: rupees(900) })
    expect(booking).toMatchObject({ status: 'completed', confirmedAt: noon, completedAt: noon })
  })

  test('an active booking takes payments after its expiry', () => {
    const active = aBooking({ status: 'active', totalPaid: rupees(5_000), confirmedAt: noon })
    expect(pay(active, {}, new Date('2027-01-01T00:00:00Z')).booking.totalPaid).toBe(rupees(5_500))
  })
})

describe('refusals, in order', () => {
  test.each<[string, Partial<Booking>, Partial<ReceivedPayment>, Date?]>([
    ['booking.expired', {}, { amount: 0n }, aBooking().expiresAt],
    ['booking.expired', { status: 'expired' }, {}],
    ['booking.closed', { status: 'cancelled' }, { amount: 0n }],
    ['booking.closed', { status: 'completed', totalPaid: rupees(89_999) }, {}],
    ['payment.not_positive', {}, { amount: 0n }],
    ['payment.not_positive', {}, { amount: -1n }],
    ['payment.exceeds_remaining', {}, { amount: rupees('89999.01') }],
    ['payment.exceeds_remaining', { totalPaid: rupees(89_998) }, { amount: rupees('1.01') }],
    ['wallet.insufficient', {}, { method: 'wallet', wallet: aWallet({ balance: rupees(600), held: rupees(101) }) }],
  ])('%s', (code, booking, change, now) => {
    expect(() => pay(aBooking(booking), change, now)).toThrow(expect.objectContaining({ code }))
  })

  test('a payment from a wallet or reserve without that member’s wallet is a fault', () => {
    expect(() => pay(aBooking(), { method: 'wallet' })).toThrow('needs the wallet of member 7')
    expect(() => pay(aBooking(), { method: 'emi_deduction', wallet: aWallet({ userId: 8 }) })).toThrow(
      'needs the wallet',
    )
    expect(() => pay(aBooking(), { method: 'emi_deduction', wallet: aWallet() })).toThrow('EMI reserve')
  })
})

describe('where the money comes from', () => {
  const receipts = { kind: 'booking_receipts', bookingId: 1 }

  test.each(['online', 'bank_transfer', 'cash'] as const)('%s: the bank, and no wallet row', (method) => {
    expect(pay(aBooking(), { method }).journal).toMatchObject({
      key: 'payment:42',
      postings: [{ from: { kind: 'bank' }, to: receipts, amount: rupees(500) }],
      statement: [],
    })
  })

  test('wallet: the wallet, with a row', () => {
    const wallet = aWallet({ balance: rupees(500) })
    const { journal } = pay(aBooking(), { method: 'wallet', wallet })
    expect(journal.statement).toMatchObject([{ type: 'BOOKING_PAYMENT', amount: rupees(-500) }])
    expect(walletAfter(wallet, journal)).toEqual(aWallet())
  })

  test('emi_deduction: the reserve, and no wallet row', () => {
    const wallet = aWallet({ balance: rupees(10), emiReserve: rupees(500) })
    const { journal } = pay(aBooking(), { method: 'emi_deduction', wallet })
    expect(journal).toMatchObject({ key: 'reserve-draw:payment:42', statement: [] })
    expect(walletAfter(wallet, journal)).toEqual(aWallet({ balance: rupees(10) }))
  })
})

test('however a total is split, the booking ends the same and never takes more', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: rupees(30_000) }), { maxLength: 20 }), (amounts) => {
      const end = amounts.reduce((booking, amount) => {
        try {
          return pay(booking, { amount }).booking
        } catch {
          return booking
        }
      }, aBooking())
      expect(end.totalPaid <= end.total).toBe(true)
      expect(end.confirmedAt !== null).toBe(end.totalPaid >= rupees(5_000))
      expect(end.status === 'completed').toBe(end.totalPaid === end.total)
    }),
    { numRuns: 2_000 },
  )
})

test.each<[PaidByMethod, boolean, boolean]>([
  [{}, false, false],
  [{ online: rupees('4999.99') }, false, false],
  [{ online: rupees(5_000) }, true, true],
  [{ online: rupees(2_000), cash: rupees(1_000), bank_transfer: rupees(2_000) }, true, true],
  [{ online: rupees(4_000), wallet: rupees(1_000) }, true, false],
  [{ emi_deduction: rupees(5_000) }, true, false],
])('Active Buyer %#: %s counts for all payments: %s, external only: %s', (paid, all, external) => {
  expect(activeBuyer(paid, defaultPlan)).toBe(all)
  expect(activeBuyer(paid, { ...defaultPlan, activeBuyerCounts: 'external_only' })).toBe(external)
})
