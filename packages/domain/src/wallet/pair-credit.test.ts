import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { formatRupees, rupees } from '../money.ts'
import { defaultPlan } from '../plan.ts'
import { aWallet } from '../testing/builders.ts'
import { creditPair, type PairCreditInput, pairCredit, reserveDraw } from './pair-credit.ts'
import { walletAfter } from './wallet.ts'

test.each(vectors.pair_credit)('pair $pair_number, Active Buyer $active_buyer: $wallet and $emi', (row) => {
  const pair = { earning: defaultPlan.pairEarning, pairNumber: row.pair_number, isActiveBuyer: row.active_buyer }
  const { wallet, emi } = pairCredit(pair, defaultPlan)
  expect({ wallet: formatRupees(wallet), emi: formatRupees(emi) }).toEqual({ wallet: row.wallet, emi: row.emi })
})

const sixth: PairCreditInput = {
  pairId: 17,
  pairNumber: 6,
  earning: rupees(500),
  userId: 7,
  isActiveBuyer: false,
  booking: { id: 1, owed: rupees(60) },
}

describe('the credit of a pair', () => {
  test('in the first five is one row', () => {
    const { journal } = creditPair({ ...sixth, pairNumber: 5 }, defaultPlan, aWallet())
    expect(journal.statement).toMatchObject([{ type: 'BINARY_PAIR', amount: rupees(500), earned: rupees(500) }])
  })

  test('divides the deduction between the booking, up to what it owes, and the reserve', () => {
    const { journal, ...parts } = creditPair(sixth, defaultPlan, aWallet())
    expect(parts).toEqual({ toWallet: rupees(400), toBooking: rupees(60), toReserve: rupees(40) })
    expect(journal.key).toBe('pair:17')
    expect(journal.statement).toMatchObject([
      { type: 'BINARY_PAIR', amount: rupees(500) },
      { type: 'EMI_DEDUCTION', amount: rupees(-60) },
      { type: 'RESERVE_DEDUCTION', amount: rupees(-40) },
    ])
    expect(walletAfter(aWallet(), journal)).toEqual(
      aWallet({ balance: rupees(400), emiReserve: rupees(100), totalEarned: rupees(500) }),
    )
  })

  test('without a booking goes to the reserve; with a large debt of the booking all to it', () => {
    const types = (booking: PairCreditInput['booking']) =>
      creditPair({ ...sixth, booking }, defaultPlan, aWallet()).journal.statement.map(({ type }) => type)
    expect(types(null)).toEqual(['BINARY_PAIR', 'RESERVE_DEDUCTION'])
    expect(types({ id: 1, owed: rupees(50_000) })).toEqual(['BINARY_PAIR', 'EMI_DEDUCTION'])
    expect(types({ id: 1, owed: 0n })).toEqual(['BINARY_PAIR', 'RESERVE_DEDUCTION'])
  })

  test('pays what the member owes from the wallet’s part', () => {
    const owing = aWallet({ recoverable: rupees(450) })
    const { journal, toWallet } = creditPair(sixth, defaultPlan, owing)
    expect(toWallet).toBe(rupees(400))
    expect(walletAfter(owing, journal)).toMatchObject({ balance: 0n, recoverable: rupees(50), emiReserve: rupees(100) })
  })

  test('to someone else’s wallet is a fault', () => {
    expect(() => creditPair(sixth, defaultPlan, aWallet({ userId: 8 }))).toThrow('is of member 7')
  })

  test('adds up for any earning, share, debt and booking', () => {
    const anyAmount = fc.bigInt({ min: 0n, max: 10n ** 8n })
    const anyPair = fc.record({
      earning: fc.bigInt({ min: 1n, max: 10n ** 8n }),
      pairNumber: fc.integer({ min: 1, max: 12 }),
      isActiveBuyer: fc.boolean(),
      booking: fc.option(anyAmount.map((owed) => ({ id: 1, owed }))),
    })
    fc.assert(
      fc.property(anyPair, anyAmount, fc.integer({ min: 0, max: 10_000 }), (pair, recoverable, emiDeductionBps) => {
        const wallet = aWallet({ recoverable })
        const plan = { ...defaultPlan, emiDeductionBps }
        const { journal, ...parts } = creditPair({ ...sixth, ...pair }, plan, wallet)
        expect(parts.toWallet + parts.toBooking + parts.toReserve).toBe(pair.earning)
        const after = walletAfter(wallet, journal)
        expect(after.emiReserve).toBe(parts.toBooking + parts.toReserve)
        expect(after.balance - after.recoverable + recoverable).toBe(parts.toWallet)
        expect(after.totalEarned).toBe(pair.earning)
      }),
      { numRuns: 3_000 },
    )
  })
})

test('a reserve pays what it has, up to what is owed', () => {
  expect(reserveDraw(aWallet({ emiReserve: 5n }), 3n)).toBe(3n)
  expect(reserveDraw(aWallet({ emiReserve: 5n }), 9n)).toBe(5n)
})
