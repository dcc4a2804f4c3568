import { expect, test } from 'vitest'
import { defaultPlan, valueOn } from './plan.ts'

test.each([
  ['2024-09-30', 500],
  ['2024-10-01', 200],
  ['2030-01-01', 200],
])('the rate of commission tax on %s is %i basis points', (date, bps) => {
  expect(valueOn(defaultPlan.section194h.rateBps, date)).toBe(bps)
})

test.each([
  ['2025-03-31', 1_500_000n],
  ['2025-04-01', 2_000_000n],
])('the threshold on %s is %s paise', (date, threshold) => {
  expect(valueOn(defaultPlan.section194h.threshold, date)).toBe(threshold)
})

test('a day before the first entry is a fault', () => {
  expect(() => valueOn(defaultPlan.section194h.rateBps, '2000-01-01')).toThrow(RangeError)
})
