import fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../vectors/domain.json' with { type: 'json' }
import {
  addDays,
  addMonths,
  endOfIstDay,
  endOfIstMonth,
  financialYear,
  isCalendarDate,
  isFinancialYear,
  istDate,
  istMonth,
  quarter,
  quarterPeriod,
  quarters,
  startOfIstDay,
  startOfIstMonth,
} from './calendar.ts'

const anyInstant = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
})

test.each(vectors.calendar)('$instant is $ist_month, $financial_year $quarter in India', (row) => {
  const instant = new Date(row.instant)
  expect(istMonth(instant)).toBe(row.ist_month)
  expect(financialYear(instant)).toBe(row.financial_year)
  expect(quarter(instant)).toBe(row.quarter)
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-01-31', 2, '2026-03-31'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2026-01-15', 0, '2026-01-15'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2000-02-29', 1200, '2100-02-28'],
])('%s and %i months is %s', (date, months, result) => {
  expect(addMonths(date, months)).toBe(result)
})

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '2026-01-01T00:00:00Z', ''])(
  '%s is not a calendar date',
  (text) => {
    expect(isCalendarDate(text)).toBe(false)
    expect(() => addMonths(text, 1)).toThrow(RangeError)
  },
)

test('a financial year turns its century', () => {
  expect(financialYear(new Date('2099-04-01T00:00:00Z'))).toBe('2099-00')
})

test('an instant lies within its day and its month in India', () => {
  fc.assert(
    fc.property(anyInstant, (instant) => {
      const date = istDate(instant)
      expect(isCalendarDate(date)).toBe(true)
      expect(startOfIstDay(date) <= instant && instant <= endOfIstDay(date)).toBe(true)
      const month = istMonth(instant)
      expect(startOfIstMonth(month) <= instant && instant < endOfIstMonth(month)).toBe(true)
      expect(istMonth(addDays(endOfIstMonth(month), -1))).toBe(month)
    }),
    { numRuns: 3_000 },
  )
})

test('the quarters of a financial year follow each other without a gap, and an instant is in its own', () => {
  expect(quarterPeriod('2026-27', 'Q1').from).toEqual(new Date('2026-03-31T18:30:00Z'))
  expect(quarterPeriod('2026-27', 'Q4').until).toEqual(quarterPeriod('2027-28', 'Q1').from)
  fc.assert(
    fc.property(anyInstant, (instant) => {
      const year = financialYear(instant)
      expect(isFinancialYear(year)).toBe(true)
      const within = quarters.filter((name) => {
        const { from, until } = quarterPeriod(year, name)
        return from <= instant && instant < until
      })
      expect(within).toEqual([quarter(instant)])
    }),
  )
})

test.each(['2026-28', '2026-2027', '26-27', '2026/27', ''])('%j is no financial year', (text) => {
  expect(isFinancialYear(text)).toBe(false)
})
