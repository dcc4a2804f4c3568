import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Account, journal } from '../ledger.ts'
import { rupees, sumPaise } from '../money.ts'
import { defaultPlan } from '../plan.ts'
import { aWallet } from '../testing/builders.ts'
import { adjustWallet, depositTo } from './adjustment.ts'
import { creditableAt } from './commission-hold.ts'
import { type Credit, creditPostings, requireAvailable, reverseCredit, type Wallet, walletAfter } from './wallet.ts'

const expense: Account = { kind: 'commission_expense' }

const posted = (wallet: Wallet, credit: Credit) =>
  walletAfter(wallet, journal({ key: 'test', reference: { type: 'payment', id: 1 }, ...credit }))

const credit = (wallet: Wallet, amount: bigint) =>
  creditPostings(wallet, { from: expense, amount, type: 'REFERRAL_BONUS', description: 'Bonus', isEarning: true })

const reversal = (wallet: Wallet, amount: bigint) =>
  reverseCredit(wallet, { amount, backTo: expense, description: 'Reversed', wasEarning: true })

describe('a credit', () => {
  test('pays what is owed first', () => {
    const wallet = aWallet({ recoverable: rupees(30) })
    expect(credit(wallet, rupees(100)).statement).toMatchObject([
      { type: 'REFERRAL_BONUS', amount: rupees(100), earned: rupees(100) },
      { type: 'RECOVERY', amount: rupees(-30) },
    ])
    expect(posted(wallet, credit(wallet, rupees(100)))).toEqual(
      aWallet({ balance: rupees(70), totalEarned: rupees(100) }),
    )
  })

  test('smaller than what is owed leaves the rest owed', () => {
    const wallet = aWallet({ recoverable: rupees(30) })
    expect(posted(wallet, credit(wallet, rupees(10)))).toMatchObject({ balance: 0n, recoverable: rupees(20) })
  })
})

describe('a reversal', () => {
  test('takes what is available and leaves the rest as owed, without touching what is held', () => {
    const wallet = aWallet({ balance: rupees(100), held: rupees(60), totalEarned: rupees(100) })
    expect(reversal(wallet, rupees(100)).statement).toMatchObject([
      { type: 'RECOVERY', amount: rupees(60) },
      { type: 'REVERSAL', amount: rupees(-100), earned: rupees(-100) },
    ])
    expect(posted(wallet, reversal(wallet, rupees(100)))).toEqual(
      aWallet({ balance: rupees(60), held: rupees(60), recoverable: rupees(60) }),
    )
  })

  test('of a wallet that has enough owes nothing', () => {
    const wallet = aWallet({ balance: rupees(100), totalEarned: rupees(100) })
    expect(posted(wallet, reversal(wallet, rupees(100)))).toEqual(aWallet())
  })
})

test('credits and reversals in any order: never negative, RECOVERY rows sum to what is owed, rows sum to the balance', () => {
  const steps = fc.array(fc.record({ isCredit: fc.boolean(), amount: fc.bigInt({ min: 1n, max: 1_000n }) }), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(steps, (run) => {
      let wallet = aWallet()
      const rows: { type: string; amount: bigint }[] = []
      for (const { isCredit, amount } of run) {
        const change = isCredit ? credit(wallet, amount) : reversal(wallet, amount)
        wallet = posted(wallet, change)
        for (const row of change.statement) {
          rows.push(row)
          expect(sumPaise(rows.map((each) => each.amount)) >= 0n).toBe(true)
        }
      }
      const recovered = rows.filter(({ type }) => type === 'RECOVERY')
      expect(sumPaise(rows.map(({ amount }) => amount))).toBe(wallet.balance)
      expect(sumPaise(recovered.map(({ amount }) => amount))).toBe(wallet.recoverable)
      expect(wallet.totalEarned).toBe(wallet.balance - wallet.recoverable)
    }),
    { numRuns: 1_000 },
  )
})

test('spending is refused above what is available', () => {
  const wallet = aWallet({ balance: rupees(100), held: rupees(60) })
  expect(() => requireAvailable(wallet, rupees(40))).not.toThrow()
  expect(() => requireAvailable(wallet, rupees('40.01'))).toThrow(
    expect.objectContaining({ code: 'wallet.insufficient', facts: { available: '40.00' } }),
  )
})

test('a journal that would make a wallet negative is a fault', () => {
  const entry = adjustWallet(aWallet({ balance: 5n }), { id: 1, amount: -5n, reason: 'Correction' })
  expect(() => walletAfter(aWallet({ balance: 4n }), entry)).toThrow('below zero')
  expect(walletAfter(aWallet({ userId: 8 }), entry)).toEqual(aWallet({ userId: 8 }))
})

describe('deposits and adjustments', () => {
  test('a deposit comes from the bank and is not earned', () => {
    const entry = depositTo(aWallet(), { id: 4, amount: rupees(10), reason: 'Cheque 12' })
    expect(entry).toMatchObject({ key: 'deposit:4', statement: [{ type: 'DEPOSIT', description: 'Cheque 12' }] })
    expect(walletAfter(aWallet(), entry)).toEqual(aWallet({ balance: rupees(10) }))
  })

  test('an adjustment goes either way, down to what is available', () => {
    const wallet = aWallet({ balance: rupees(10), held: rupees(4) })
    const up = adjustWallet(wallet, { id: 5, amount: rupees(1), reason: 'Goodwill' })
    expect(walletAfter(wallet, up).balance).toBe(rupees(11))
    const down = adjustWallet(wallet, { id: 5, amount: rupees(-6), reason: 'Mistake' })
    expect(walletAfter(wallet, down)).toEqual(aWallet({ balance: rupees(4), held: rupees(4) }))
    expect(() => adjustWallet(wallet, { id: 5, amount: rupees('-6.01'), reason: 'Mistake' })).toThrow(
      expect.objectContaining({ code: 'wallet.insufficient' }),
    )
  })

  test('nothing is refused', () => {
    const refused = expect.objectContaining({ code: 'payment.not_positive' })
    expect(() => depositTo(aWallet(), { id: 4, amount: 0n, reason: '' })).toThrow(refused)
    expect(() => adjustWallet(aWallet(), { id: 4, amount: 0n, reason: '' })).toThrow(refused)
  })
})

test('a commission is credited after the cooling-off days', () => {
  const earned = new Date('2026-06-15T06:30:00.000Z')
  expect(creditableAt(earned, defaultPlan)).toEqual(earned)
  expect(creditableAt(earned, { ...defaultPlan, commissionHoldDays: 30 })).toEqual(new Date('2026-07-15T06:30:00.000Z'))
})
