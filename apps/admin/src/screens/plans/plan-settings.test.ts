import { expect, test } from 'vitest'
import { basisPointsOf, percentOf } from './plan-settings.ts'

test.each([
  [0, '0'],
  [5, '0.05'],
  [50, '0.5'],
  [500, '5'],
  [1000, '10'],
  [1250, '12.5'],
  [10000, '100'],
])('%d basis points are %s per cent, and back', (basisPoints, percent) => {
  expect(percentOf(basisPoints)).toBe(percent)
  expect(basisPointsOf(percent)).toBe(basisPoints)
})

test.each(['', '-5', '5.123', 'five', '1e2'])('%s is no percentage', (typed) => expect(basisPointsOf(typed)).toBeNull())
