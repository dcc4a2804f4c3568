import { expect, test } from 'vitest'
import { identityKeptUntil, type OpenMatters, requireNothingOpen } from './erasure.ts'

const nothing: OpenMatters = {
  balance: 0n,
  held: 0n,
  emiReserve: 0n,
  recoverable: 0n,
  bookings: 0,
  payouts: 0,
  credits: 0,
}

test('nothing open is refused nothing', () => {
  expect(() => requireNothingOpen(nothing)).not.toThrow()
})

test.each([
  [{ balance: 1n }, 'a wallet balance of ₹0.01'],
  [{ held: 100n }, 'held for payouts ₹1.00'],
  [{ emiReserve: 100n }, 'an EMI reserve of ₹1.00'],
  [{ recoverable: 10_000_000n }, 'to be recovered ₹1,00,000.00'],
  [{ bookings: 2 }, 'open bookings: 2'],
  [{ payouts: 1 }, 'payouts under way: 1'],
  [{ credits: 1 }, 'credits that wait for their day: 1'],
  [{ balance: 500n, bookings: 1 }, 'a wallet balance of ₹5.00, open bookings: 1'],
] as const)('%o is refused by its name', (matters, open) => {
  expect(() => requireNothingOpen({ ...nothing, ...matters })).toThrow(
    expect.objectContaining({ code: 'user.matters_open', facts: { open } }),
  )
})

test.each([
  [null, null],
  ['2026-03-31T18:29:59.999Z', '2034-03-31T18:30:00.000Z'],
  ['2026-03-31T18:30:00.000Z', '2035-03-31T18:30:00.000Z'],
])('after a last payout at %s the identity is kept until %s', (lastPaidOutAt, until) => {
  const at = lastPaidOutAt === null ? null : new Date(lastPaidOutAt)
  expect(identityKeptUntil(at)?.toISOString() ?? null).toBe(until)
})
