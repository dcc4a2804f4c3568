import { expect, test } from 'vitest'
import { rupees } from '../money.ts'
import { taxForms } from './tax-forms.ts'
import { deducteeRow } from './tax-statement.ts'

const payout = {
  requested: rupees(1_000),
  tds: rupees(50),
  completedAt: new Date('2026-11-25T20:00:00Z'),
  financialYear: '2026-27',
  pan: 'ABCPE1234F',
}

test('a payout as the quarterly statement tells of it', () => {
  expect(deducteeRow(payout)).toEqual({
    code: '02',
    pan: 'ABCPE1234F',
    section: '393(1) Table 1(ii)',
    amount: rupees(1_000),
    date: '26112026',
    rate: '5.0000',
    tax: rupees(50),
  })
})

test('a company has a code of its own, and who has no PAN a word of its own', () => {
  expect(deducteeRow({ ...payout, pan: 'ABCCE1234F' }).code).toBe('01')
  expect(deducteeRow({ ...payout, pan: null })).toMatchObject({ code: '02', pan: 'PANNOTAVBL' })
})

test.each([
  [rupees(300_000), rupees(10_000), '3.3333'],
  [rupees(150), rupees(1), '0.6667'],
  [rupees(10), 0n, '0.0000'],
  [1n, 1n, '100.0000'],
])('of %d paise %d are %s per cent', (requested, tds, rate) => {
  expect(deducteeRow({ ...payout, requested, tds }).rate).toBe(rate)
})

test('the forms are those of the financial year in which the tax was deducted', () => {
  expect(taxForms('2025-26')).toMatchObject({ certificate: '16A', statement: '26Q', section: '194H' })
  expect(taxForms('2026-27')).toMatchObject({ certificate: '131', statement: '140' })
})
