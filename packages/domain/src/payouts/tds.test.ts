import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { formatRupees, parseRupees, rupees } from '../money.ts'
import { type CompensationPlan, defaultPlan } from '../plan.ts'
import { computeTds } from './tds.ts'

const flat = { paidThisYear: 0n, tdsThisYear: 0n, hasPan: false, date: '2026-06-15' }
const section: CompensationPlan = { ...defaultPlan, tdsPolicy: 'section_194h' }

test.each(vectors.tds)('flat: $requested pays $tds', (row) => {
  const requested = parseRupees(row.requested)
  const tds = computeTds({ ...flat, requested }, defaultPlan)
  expect(formatRupees(tds)).toBe(row.tds)
  expect(formatRupees(requested - tds)).toBe(row.net)
})

describe('section 194H', () => {
  test.each([
    ['at the threshold nothing', '2026-06-15', true, 0, 0, 20_000, '0.00'],
    ['just over it, tax on the total', '2026-06-15', true, 0, 0, '20000.01', '400.00'],
    ['crossing it catches up on what was paid before', '2026-06-15', true, 15_000, 0, 10_000, '500.00'],
    ['after it each payout pays its own', '2026-06-15', true, 25_000, 500, 1_000, '20.00'],
    ['the older threshold', '2025-03-31', true, 15_000, 0, 1_000, '320.00'],
    ['the older rate', '2024-09-30', true, 16_000, 800, 1_000, '50.00'],
    ['the new rate does not credit tax at the old one', '2024-10-01', true, 16_000, 800, 1_000, '20.00'],
    ['without a PAN twenty per cent', '2026-06-15', false, 25_000, 5_000, 1_000, '200.00'],
    ['without a PAN nothing below the threshold either', '2026-06-15', false, 0, 0, 1_000, '0.00'],
    ['a catch-up is never more than the payout', '2026-06-15', false, 20_000, 0, 100, '100.00'],
    ['what a small payout could not pay follows with the next', '2026-06-15', false, 20_100, 100, 5_000, '4920.00'],
    ['tax already deducted counts at the crossing', '2026-06-15', true, 15_000, 450, 10_000, '50.00'],
  ])('%s', (_, date, hasPan, paid, deducted, requested, tds) => {
    const facts = { date, hasPan, paidThisYear: rupees(paid), tdsThisYear: rupees(deducted) }
    expect(formatRupees(computeTds({ ...facts, requested: rupees(requested) }, section))).toBe(tds)
  })

  test('over a year the tax comes to the rate on the total, however it is split', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 100n, max: rupees(30_000) }), { maxLength: 15 }),
        fc.boolean(),
        (year, hasPan) => {
          let paidThisYear = 0n
          let tdsThisYear = 0n
          for (const requested of year) {
            const tds = computeTds({ requested, paidThisYear, tdsThisYear, hasPan, date: '2026-06-15' }, section)
            expect(tds >= 0n && tds <= requested).toBe(true)
            paidThisYear += requested
            tdsThisYear += tds
          }
          if (paidThisYear <= rupees(20_000)) expect(tdsThisYear).toBe(0n)
          const due = (paidThisYear * (hasPan ? 2n : 20n)) / 100n
          expect(tdsThisYear <= due + BigInt(year.length)).toBe(true)
          const last = year.at(-1) ?? 0n
          // A last payout that is larger than all the tax of the year cannot have cut its catch-up short.
          if (paidThisYear > rupees(20_000) && last >= due) expect(tdsThisYear >= due).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
