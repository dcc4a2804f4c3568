import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { addMonths } from '../calendar.ts'
import { formatRupees, parseRupees, rupees, sumPaise } from '../money.ts'
import { applyToInstalments, dueNow, emiSchedule } from './emi.ts'

test.each(vectors.emi_zero_rate)('$total over $months months from $start', (row) => {
  const schedule = emiSchedule({
    financed: parseRupees(row.total) - parseRupees(row.booking_amount),
    months: row.months,
    annualRateBps: 0,
    start: row.start,
  })
  expect(schedule.map(({ dueDate, amount }) => ({ due: dueDate, amount: formatRupees(amount) }))).toEqual(row.schedule)
})

const anyTerms = fc.record({
  financed: fc.bigInt({ min: 0n, max: 10n ** 11n }),
  months: fc.integer({ min: 1, max: 60 }),
  annualRateBps: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000 })),
  start: fc.constantFrom('2026-01-31', '2024-02-29', '2026-12-15'),
})

test('principals sum to what is financed, whatever the rate', () => {
  fc.assert(
    fc.property(anyTerms, (terms) => {
      const schedule = emiSchedule(terms)
      expect(sumPaise(schedule.map(({ principal }) => principal))).toBe(terms.financed)
      expect(schedule).toHaveLength(terms.financed === 0n ? 0 : terms.months)
      expect(schedule.every((row) => row.amount === row.principal + row.interest)).toBe(true)
      expect(schedule.every((row) => row.principal >= 0n && row.interest >= 0n)).toBe(true)
      expect(schedule.every((row, k) => row.dueDate === addMonths(terms.start, k))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('with a rate every instalment but the last is the annuity, and the last differs by rounding alone', () => {
  const schedule = emiSchedule({ financed: rupees(100_000), months: 12, annualRateBps: 1_200, start: '2026-01-01' })
  const amounts = schedule.map(({ amount }) => amount)
  expect(formatRupees(amounts[0]!)).toBe('8884.88')
  expect(new Set(amounts.slice(0, -1)).size).toBe(1)
  expect(formatRupees(schedule[0]!.interest)).toBe('1000.00')
  const difference = amounts[0]! - amounts[11]!
  expect(difference >= -12n && difference <= 12n).toBe(true)
})

test.each([0, 61, 1.5, Number.NaN])('an EMI of %d months is a fault', (months) => {
  expect(() => emiSchedule({ financed: 100n, months, annualRateBps: 0, start: '2026-01-01' })).toThrow(RangeError)
})

describe('money laid against instalments', () => {
  const bookingAmount = rupees(500)
  const schedule = emiSchedule({ financed: rupees(300), months: 3, annualRateBps: 0, start: '2026-02-10' })
  const paid = (amount: number, today: string) =>
    applyToInstalments({ bookingAmount, totalPaid: rupees(amount), schedule }, today)
  const owed = (amount: number, today: string) => dueNow({ bookingAmount, totalPaid: rupees(amount), schedule }, today)

  test.each([
    [0, '2026-01-01', ['pending', 'pending', 'pending'], 0],
    [400, '2026-01-01', ['pending', 'pending', 'pending'], 0],
    [500, '2026-02-10', ['pending', 'pending', 'pending'], 0],
    [500, '2026-02-11', ['overdue', 'pending', 'pending'], 0],
    [550, '2026-02-10', ['partial', 'pending', 'pending'], 0],
    [550, '2026-02-11', ['overdue', 'pending', 'pending'], 0],
    [600, '2026-02-11', ['paid', 'pending', 'pending'], 1],
    [750, '2026-05-01', ['paid', 'paid', 'overdue'], 2],
    [800, '2026-05-01', ['paid', 'paid', 'paid'], 3],
  ])('%i paid, on %s: %j', (amount, today, statuses, emiPaidCount) => {
    const state = paid(amount, today)
    expect(state.instalments.map(({ status }) => status)).toEqual(statuses)
    expect(state.emiPaidCount).toBe(emiPaidCount)
  })

  test.each([
    [0, '2026-01-01', '500.00'],
    [200, '2026-02-10', '400.00'],
    [500, '2026-01-01', '100.00'],
    [500, '2026-03-10', '200.00'],
    [550, '2026-02-10', '50.00'],
    [600, '2026-02-10', '100.00'],
    [650, '2026-02-10', '50.00'],
    [800, '2026-05-01', '0.00'],
  ])('%i paid, on %s owes %s now', (amount, today, due) => {
    expect(formatRupees(owed(amount, today))).toBe(due)
  })

  test('everything that was received is somewhere, in order', () => {
    fc.assert(
      fc.property(
        anyTerms,
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 1000 }),
        (terms, booking, part) => {
          const all = emiSchedule(terms)
          const totalPaid = ((terms.financed + booking) * BigInt(part)) / 1000n
          const progress = { bookingAmount: booking, totalPaid, schedule: all }
          const state = applyToInstalments(progress, '2027-01-01')
          expect(state.bookingAmountPaid + sumPaise(state.instalments.map((row) => row.paid))).toBe(totalPaid)
          const firstOpen = state.instalments.findIndex(({ rest }) => rest > 0n)
          const later = firstOpen < 0 ? [] : state.instalments.slice(firstOpen + 1)
          expect(later.every((row) => row.paid === 0n)).toBe(true)
          const due = dueNow(progress, '2027-01-01')
          expect(due >= 0n && due <= terms.financed + booking - totalPaid).toBe(true)
          expect(due === 0n).toBe(totalPaid === terms.financed + booking)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
