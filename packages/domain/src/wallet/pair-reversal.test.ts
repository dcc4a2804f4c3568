import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rupees } from '../money.ts'
import { defaultPlan } from '../plan.ts'
import { aWallet } from '../testing/builders.ts'
import { creditPair } from './pair-credit.ts'
import { type CreditedPair, reversePair } from './pair-reversal.ts'
import { walletAfter } from './wallet.ts'

const sixth: CreditedPair = { pairId: 17, pairNumber: 6, userId: 7, earning: rupees(500), emiDeducted: rupees(100) }

test('takes back what is in the reserve from there and the rest from the wallet, linked to the entry of the pair', () => {
  const wallet = aWallet({ balance: rupees(400), emiReserve: rupees(100), totalEarned: rupees(500) })
  const journal = reversePair(sixth, wallet)
  expect(journal).toMatchObject({ key: 'pair:17:reversal', reverses: 'pair:17' })
  expect(journal.statement).toMatchObject([
    { type: 'RESERVE_DEDUCTION', amount: rupees(100) },
    { type: 'REVERSAL', amount: rupees(-500), earned: rupees(-500) },
  ])
  expect(walletAfter(wallet, journal)).toEqual(aWallet())
})

test('takes no more from the reserve than the pair had brought, and what a booking drew from the wallet', () => {
  const others = aWallet({ balance: rupees(1_000), emiReserve: rupees(250), totalEarned: rupees(2_000) })
  expect(walletAfter(others, reversePair(sixth, others))).toMatchObject({
    balance: rupees(600),
    emiReserve: rupees(150),
  })
  const drawn = aWallet({ balance: rupees(1_000), emiReserve: rupees(30), totalEarned: rupees(2_000) })
  expect(walletAfter(drawn, reversePair(sixth, drawn))).toMatchObject({ balance: rupees(530), emiReserve: 0n })
})

test('lends what has left the wallet, without touching what is held', () => {
  const wallet = aWallet({ balance: rupees(250), held: rupees(50), emiReserve: rupees(100), totalEarned: rupees(500) })
  const journal = reversePair(sixth, wallet)
  expect(journal.statement).toMatchObject([
    { type: 'RESERVE_DEDUCTION', amount: rupees(100) },
    { type: 'RECOVERY', amount: rupees(200) },
    { type: 'REVERSAL', amount: rupees(-500) },
  ])
  expect(walletAfter(wallet, journal)).toEqual(
    aWallet({ balance: rupees(50), held: rupees(50), recoverable: rupees(200) }),
  )
})

test('of someone else’s wallet is a fault', () => {
  expect(() => reversePair(sixth, aWallet({ userId: 8 }))).toThrow('is of member 7')
})

test('undoes the credit of any pair in any wallet to the paisa, whatever was spent between', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 8n })
  const anyPair = fc.record({
    earning: fc.bigInt({ min: 1n, max: 10n ** 8n }),
    pairNumber: fc.integer({ min: 1, max: 12 }),
    isActiveBuyer: fc.boolean(),
  })
  const share = fc.integer({ min: 0, max: 10_000 })
  const spending = fc.record({ fromWallet: share, fromReserve: share })
  fc.assert(
    fc.property(anyPair, amount, share, spending, (pair, recoverable, emiDeductionBps, spent) => {
      const before = aWallet({ recoverable })
      const input = { ...pair, pairId: 17, userId: 7, booking: null }
      const credit = creditPair(input, { ...defaultPlan, emiDeductionBps }, before)
      const credited = walletAfter(before, credit.journal)
      const left = {
        ...credited,
        balance: credited.balance - (credited.balance * BigInt(spent.fromWallet)) / 10_000n,
        emiReserve: credited.emiReserve - (credited.emiReserve * BigInt(spent.fromReserve)) / 10_000n,
      }
      const emiDeducted = credit.toBooking + credit.toReserve
      const after = walletAfter(left, reversePair({ ...input, emiDeducted }, left))
      const worth = (wallet: typeof after) => wallet.balance + wallet.emiReserve - wallet.recoverable
      expect(worth(after)).toBe(worth(left) - pair.earning)
      expect(after.totalEarned).toBe(0n)
    }),
    { numRuns: 1_000 },
  )
})
