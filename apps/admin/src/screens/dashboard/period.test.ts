import { expect, test } from 'vitest'
import { daysOfMonth, lastDays, lastYear, monthLabel } from './period.ts'

// Half past midnight of the first of March in India, still February elsewhere.
const now = new Date('2028-02-29T19:00:00Z')

test('the last days end today in India', () => {
  expect(lastDays(1, now)).toEqual({ start_date: '2028-03-01', end_date: '2028-03-01' })
  expect(lastDays(30, now)).toEqual({ start_date: '2028-02-01', end_date: '2028-03-01' })
})

test('the last year is twelve whole months, of which the last has only begun', () => {
  expect(lastYear(now)).toEqual({ start_date: '2027-04-01', end_date: '2028-03-01' })
})

test('a month knows its days and its name', () => {
  expect(daysOfMonth('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' })
  expect(daysOfMonth('2026-12')).toEqual({ first: '2026-12-01', last: '2026-12-31' })
  expect(monthLabel('2026-11')).toBe('Nov 2026')
})
