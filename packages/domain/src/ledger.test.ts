import { describe, expect, test } from 'vitest'
import { pairKey, paymentKey, payoutKey, referralKey } from './journal-keys.ts'
import {
  type Account,
  accountKey,
  type Journal,
  journal,
  journalLines,
  postingsOf,
  reverseJournal,
  walletEffects,
} from './ledger.ts'
import { sumPaise } from './money.ts'

const bank: Account = { kind: 'bank' }
const expense: Account = { kind: 'commission_expense' }
const wallet = (userId: number): Account => ({ kind: 'member_wallet', userId })
const hold = (userId: number): Account => ({ kind: 'member_hold', userId })
const reserve = (userId: number): Account => ({ kind: 'member_emi_reserve', userId })
const recoverable = (userId: number): Account => ({ kind: 'member_recoverable', userId })

/** A pair of 500 of which 100 goes to the reserve and 50 is recovered. */
const pair: Journal = {
  key: 'pair:17',
  reference: { type: 'pair', id: 17 },
  postings: [
    { from: expense, to: wallet(7), amount: 500n },
    { from: wallet(7), to: reserve(7), amount: 100n },
    { from: wallet(7), to: recoverable(7), amount: 50n },
  ],
  statement: [
    { userId: 7, type: 'BINARY_PAIR', amount: 500n, description: 'Pair', earned: 500n },
    { userId: 7, type: 'EMI_DEDUCTION', amount: -100n, description: 'EMI' },
    { userId: 7, type: 'RECOVERY', amount: -50n, description: 'Owed' },
  ],
}

test('a journal merges into one line per account, and the lines sum to zero', () => {
  const lines = journalLines(journal(pair))
  expect(lines).toEqual([
    { account: expense, amount: -500n },
    { account: wallet(7), amount: 350n },
    { account: reserve(7), amount: 100n },
    { account: recoverable(7), amount: 50n },
  ])
  expect(sumPaise(lines.map(({ amount }) => amount))).toBe(0n)
})

test('an account that money only passes through has no line', () => {
  const through: Journal = {
    ...pair,
    postings: [
      { from: bank, to: wallet(7), amount: 5n },
      { from: wallet(7), to: reserve(7), amount: 5n },
    ],
    statement: [],
  }
  expect(journalLines(journal(through)).map(({ account }) => accountKey(account))).toEqual([
    'bank',
    'member_emi_reserve:7',
  ])
})

test('effects on a wallet: balance, reserve, what is owed, and what was earned', () => {
  expect(walletEffects(journal(pair))).toEqual(
    new Map([[7, { balance: 350n, held: 0n, reserve: 100n, recoverable: -50n, earned: 500n, withdrawn: 0n }]]),
  )
})

test('a hold changes what is held and not the balance, and needs no statement', () => {
  const held = journal({
    key: payoutKey(9, 'hold'),
    reference: { type: 'payout', id: 9 },
    postings: [{ from: wallet(7), to: hold(7), amount: 40n }],
    statement: [],
  })
  expect(walletEffects(held).get(7)).toMatchObject({ balance: 0n, held: 40n })
})

test('a reversal takes every line back and names what it reverses', () => {
  const original = journal(pair)
  const reversal = reverseJournal(original, {
    key: 'reversal:pair:17',
    reference: pair.reference,
    statement: [{ userId: 7, type: 'REVERSAL', amount: -350n, description: 'Taken back', earned: -500n }],
  })
  expect(reversal.reverses).toBe('pair:17')
  const sums = new Map<string, bigint>()
  for (const { account, amount } of [...journalLines(original), ...journalLines(reversal)]) {
    sums.set(accountKey(account), (sums.get(accountKey(account)) ?? 0n) + amount)
  }
  expect([...sums.values()].every((sum) => sum === 0n)).toBe(true)
})

describe('a journal that is not right is a fault', () => {
  test.each<[string, Partial<Journal>]>([
    ['an empty key', { key: '' }],
    ['a key that is too long', { key: 'k'.repeat(191) }],
    ['no postings', { postings: [], statement: [] }],
    ['a posting of nothing', { postings: [...pair.postings, { from: bank, to: expense, amount: 0n }] }],
    ['a negative posting', { postings: [...pair.postings, { from: bank, to: expense, amount: -1n }] }],
    ['a posting to the same account', { postings: [...pair.postings, { from: hold(7), to: hold(7), amount: 1n }] }],
    ['a statement that misses a row', { statement: pair.statement.slice(1) }],
    ['a statement of the wrong member', { statement: pair.statement.map((line) => ({ ...line, userId: 8 })) }],
    [
      'an empty statement line',
      { statement: [...pair.statement, { userId: 7, type: 'REFUND', amount: 0n, description: '' }] },
    ],
  ])('%s', (_, change) => {
    expect(() => journal({ ...pair, ...change })).toThrow(Error)
  })
})

test('postings of nothing are left out', () => {
  expect(postingsOf({ from: bank, to: expense, amount: 0n }, { from: bank, to: wallet(1), amount: 1n })).toHaveLength(1)
})

test('natural keys', () => {
  expect([referralKey(42), pairKey(17), paymentKey(42), payoutKey(9, 'debit')]).toEqual([
    'referral:payment:42',
    'pair:17',
    'payment:42',
    'payout:9:debit',
  ])
})
