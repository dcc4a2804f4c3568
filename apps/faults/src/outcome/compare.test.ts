import { defaultPlan, rupees } from '@ev/domain'
import { expect, test } from 'vitest'
import { emptyReceipts, type Receipts } from '../load/receipts.ts'
import { compare } from './compare.ts'
import type { Found } from './found.ts'

/** Asha, and Ravi below her, who booked, paid ₹6,000, got ₹1,000 back, and took ₹400 of ₹900 out of his wallet. */
function receiptsOfRavi(): Receipts {
  const receipts = emptyReceipts()
  for (const email of ['asha@example.com', 'ravi@example.com']) receipts.addresses.add(email)
  receipts.members.set(1, { id: 1, email: 'asha@example.com', referrerId: null })
  receipts.members.set(2, { id: 2, email: 'ravi@example.com', referrerId: 1 })
  receipts.bookings.set(5, { id: 5, userId: 2, total: rupees(100_000) })
  receipts.payments.set(7, { id: 7, bookingId: 5, userId: 2, amount: rupees(6_000), method: 'online' })
  receipts.refunds.push({ paymentId: 7, amount: rupees(1_000) })
  receipts.deposits.push({ userId: 2, amount: rupees(900) })
  receipts.payouts.set(9, { id: 9, userId: 2, requested: rupees(400) })
  receipts.approvedPayouts.add(9)
  return receipts
}

const foundOfRavi: Found = {
  users: [
    { id: 1, email: 'asha@example.com', referrerId: null },
    { id: 2, email: 'ravi@example.com', referrerId: 1 },
  ],
  placedUserIds: new Set([1, 2]),
  bookings: [{ id: 5, userId: 2, total: rupees(100_000), isConfirmed: true }],
  payments: [{ id: 7, bookingId: 5, userId: 2, amount: rupees(6_000), refunded: rupees(1_000), method: 'online' }],
  bonuses: [{ paymentId: 7, referrerId: 1, amount: rupees(300), reversed: rupees(50) }],
  payouts: [{ id: 9, userId: 2, requested: rupees(400), status: 'completed' }],
  deposits: [{ userId: 2, amount: rupees(900) }],
  pairs: [{ id: 3, userId: 1, number: 1, isActiveBuyer: false, isCredited: true }],
  wallets: [
    { userId: 1, balance: rupees(750), recoverable: 0n },
    { userId: 2, balance: rupees(1_500), recoverable: 0n },
  ],
  statement: [{ type: 'REFERRAL_BONUS', referenceType: 'payment', referenceId: 7, userId: 1 }],
}

const verdict = (found: Partial<Found>, receipts = receiptsOfRavi()) =>
  compare(receipts, { ...foundOfRavi, ...found }, defaultPlan)

test('finds nothing when everything acknowledged is there once', () => {
  expect(verdict({})).toEqual({ lost: [], doubled: [] })
})

test('what a member owes back counts against the balance', () => {
  const [asha, ravi] = foundOfRavi.wallets
  const wallets = [{ ...asha!, balance: rupees(800), recoverable: rupees(50) }, ravi!]
  expect(verdict({ wallets })).toEqual({ lost: [], doubled: [] })
})

const lostCases: readonly [string, Partial<Found>, string][] = [
  ['a member', { users: foundOfRavi.users.slice(0, 1) }, 'member 2 ravi@example.com'],
  ['a place', { placedUserIds: new Set([1]) }, 'place of member 2'],
  ['a booking', { bookings: [] }, 'booking 5'],
  ['a payment', { payments: [] }, 'payment 7'],
  ['a payment’s amount', { payments: [{ ...foundOfRavi.payments[0]!, amount: rupees(600) }] }, 'payment 7'],
  ['a refund', { payments: [{ ...foundOfRavi.payments[0]!, refunded: 0n }] }, 'refund of payment 7'],
  ['a bonus', { bonuses: [] }, 'bonus of payment 7'],
  ['a confirmation', { bookings: [{ ...foundOfRavi.bookings[0]!, isConfirmed: false }] }, 'confirmation of booking 5'],
  ['a payout', { payouts: [] }, 'payout 9'],
  ['a transfer', { payouts: [{ ...foundOfRavi.payouts[0]!, status: 'processing' }] }, 'transfer of payout 9'],
  ['a deposit', { deposits: [] }, 'deposit of 900.00 for member 2'],
  ['a pair’s credit', { pairs: [{ ...foundOfRavi.pairs[0]!, isCredited: false }] }, 'credit of pair 3'],
  [
    'a rupee',
    { wallets: [{ userId: 1, balance: rupees(749), recoverable: 0n }] },
    'wallet of member 1: 749.00 instead of 750.00',
  ],
]

test.each(lostCases)('notices that %s was lost', (_, found, name) => {
  expect(verdict(found).lost).toContain(name)
})

const twice = <T>(all: readonly T[], change: Partial<T>): T[] => [...all, { ...all[0]!, ...change }]

const doubledCases: readonly [string, Partial<Found>, string][] = [
  [
    'a member',
    { users: twice(foundOfRavi.users, { id: 8, email: 'nobody@example.com' }) },
    'member 8 whom nobody registered',
  ],
  ['a booking', { bookings: twice(foundOfRavi.bookings, { id: 6 }) }, 'booking 6 that nobody was told of'],
  ['a payment', { payments: twice(foundOfRavi.payments, { id: 8 }) }, 'payment 8 that nobody was told of'],
  ['a refund', { payments: [{ ...foundOfRavi.payments[0]!, refunded: rupees(2_000) }] }, 'refund of payment 7'],
  ['a bonus', { bonuses: [{ ...foundOfRavi.bonuses[0]!, reversed: 0n }] }, 'bonus of payment 7'],
  ['a bonus’s line', { statement: twice(foundOfRavi.statement, {}) }, 'REFERRAL_BONUS of payment 7'],
  ['a pair', { pairs: twice(foundOfRavi.pairs, { id: 4 }) }, 'pair 1 of member 1'],
  ['a payout', { payouts: twice(foundOfRavi.payouts, { id: 10 }) }, 'payout 10 that nobody was told of'],
  ['a deposit', { deposits: twice(foundOfRavi.deposits, {}) }, 'deposit of 900.00 for member 2'],
  [
    'a rupee',
    { wallets: [{ userId: 1, balance: rupees(751), recoverable: 0n }] },
    'wallet of member 1: 751.00 instead of 750.00',
  ],
]

test.each(doubledCases)('notices that %s was doubled', (_, found, name) => {
  expect(verdict(found).doubled).toContain(name)
})

test('a request that was never answered, and one answer to two requests, count as lost', () => {
  const receipts = receiptsOfRavi()
  receipts.undecided.push('/api/payout/')
  receipts.contradictions.push('payment 7 answered two requests')
  expect(verdict({}, receipts).lost).toEqual(['never answered: /api/payout/', 'payment 7 answered two requests'])
})
