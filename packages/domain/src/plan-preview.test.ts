import { expect, test } from 'vitest'
import { rupees } from './money.ts'
import { defaultPlan } from './plan.ts'
import { type PlanCases, previewPlan } from './plan-preview.ts'

const now = new Date('2026-11-25T06:00:00.000Z')
const cases: PlanCases = {
  payment: { amount: rupees(5_000), method: 'online' },
  pair: { pairNumber: 6, isActiveBuyer: false },
  payout: {
    requested: rupees(2_000),
    tds: { paidThisYear: 0n, tdsThisYear: 0n, hasPan: true },
    isEmiAutoFilled: true,
    emiDue: rupees(300),
  },
}

test('a plan is tried by the rules that decide about real payments, pairs and payouts', () => {
  expect(previewPlan(defaultPlan, cases, now)).toEqual({
    payment: { referralBonus: rupees(250), isActiveBuyer: true },
    pair: { earning: rupees(500), wallet: rupees(400), emi: rupees(100) },
    payout: {
      requested: rupees(2_000),
      tds: rupees(100),
      net: rupees(1_900),
      emi: rupees(300),
      transfer: rupees(1_600),
      isBelowMinimum: false,
    },
  })
})

test.each([
  ['another method', { payment: { amount: rupees(5_000), method: 'emi_deduction' } }, 'payment', { referralBonus: 0n }],
  ['an early pair', { pair: { pairNumber: 5, isActiveBuyer: false } }, 'pair', { emi: 0n }],
  ['an Active Buyer', { pair: { pairNumber: 6, isActiveBuyer: true } }, 'pair', { emi: 0n }],
  ['a small payout', { payout: { ...cases.payout, requested: 99n } }, 'payout', { isBelowMinimum: true }],
] as const)('%s', (_, change, part, expected) => {
  expect(previewPlan(defaultPlan, { ...cases, ...change }, now)[part]).toMatchObject(expected)
})
