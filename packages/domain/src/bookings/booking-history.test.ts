import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookingHistory, type Receipt } from './booking-history.ts'
import { applyToInstalments, emiSchedule } from './emi.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n))
const receipt = (amount: bigint, n: number): Receipt => ({ amount, at: day(n), threshold: 500n })
const booking = { total: 1_000n, bookingAmount: 100n }
const schedule = emiSchedule({ financed: 900n, months: 3, annualRateBps: 0, start: '2026-02-01' })

test('the threshold confirms, the total completes, and a refund takes neither back', () => {
  const receipts = [receipt(400n, 1), receipt(-100n, 2), receipt(200n, 3), receipt(500n, 4), receipt(-700n, 5)]
  expect(bookingHistory(booking, receipts.slice(0, 2), [])).toMatchObject({ status: 'pending', confirmedAt: null })
  expect(bookingHistory(booking, receipts.slice(0, 3), [])).toMatchObject({ status: 'active', confirmedAt: day(3) })
  expect(bookingHistory(booking, receipts, [])).toMatchObject({
    status: 'completed',
    totalPaid: 300n,
    confirmedAt: day(3),
    completedAt: day(4),
  })
})

test('an instalment that a refund opened is paid from when it was filled again', () => {
  const receipts = [receipt(400n, 1), receipt(-1n, 2), receipt(1n, 3), receipt(150n, 4)]
  const { instalments, emiPaidCount } = bookingHistory(booking, receipts, schedule)
  expect(instalments).toEqual([
    { paid: 300n, paidAt: day(3) },
    { paid: 150n, paidAt: null },
    { paid: 0n, paidAt: null },
  ])
  expect(emiPaidCount).toBe(1)
})

test('says of every total what laying it against the schedule says', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 1_000n }), fc.integer({ min: 1, max: 60 }), (totalPaid, months) => {
      const plan = emiSchedule({ financed: 900n, months, annualRateBps: 0, start: '2026-02-01' })
      const laid = applyToInstalments({ bookingAmount: 100n, totalPaid, schedule: plan }, '2026-01-01')
      const history = bookingHistory(booking, [receipt(totalPaid, 1)], plan)
      expect(history.instalments.map(({ paid }) => paid)).toEqual(laid.instalments.map(({ paid }) => paid))
      expect(history.emiPaidCount).toBe(laid.emiPaidCount)
    }),
  )
})
