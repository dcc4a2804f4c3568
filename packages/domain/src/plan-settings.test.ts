import { expect, test } from 'vitest'
import { addDays } from './calendar.ts'
import { rupees } from './money.ts'
import { defaultPlan } from './plan.ts'
import { changePlan, type PlanChange, requireEffectiveFrom } from './plan-settings.ts'

const { version: _, ...settings } = defaultPlan
const today = '2026-11-25'

test('the numbers of version 1 could be worked with', () => {
  expect(changePlan(settings, {}, today)).toEqual(settings)
})

test('a change touches what it names, also inside the tables of tax law', () => {
  const noPanRateBps = [{ from: '2020-01-01', value: 3_000 }]
  const changed = changePlan(settings, { pairEarning: rupees(600), section194h: { noPanRateBps } }, today)
  expect(changed).toEqual({
    ...settings,
    pairEarning: rupees(600),
    section194h: { ...settings.section194h, noPanRateBps },
  })
})

const dated = (...entries: [string, number][]) => entries.map(([from, value]) => ({ from, value }))

const cases: [string, PlanChange][] = [
  ['min_pre_booking', { minPreBooking: 0n }],
  ['min_pre_booking', { minPreBooking: rupees(10_000_001) }],
  ['active_buyer_threshold', { activeBuyerThreshold: -1n }],
  ['booking_expiry_days', { bookingExpiryDays: 0 }],
  ['booking_expiry_days', { bookingExpiryDays: 366 }],
  ['booking_expiry_days', { bookingExpiryDays: 1.5 }],
  ['booking_expiry_days', { bookingExpiryDays: Number.NaN }],
  ['referral_bonus_bps', { referralBonusBps: 10_001 }],
  ['emi_deduction_bps', { emiDeductionBps: -1 }],
  ['monthly_pair_limit', { monthlyPairLimit: 0 }],
  ['pair_value', { pairValue: 0n }],
  ['pair_earning', { pairEarning: rupees('1000.01') }],
  ['pair_earning', { pairValue: rupees(499) }],
  ['tds_bps', { tdsBps: 10_001 }],
  ['tds_ceiling', { tdsCeiling: -1n }],
  ['payout_minimum', { payoutMinimum: 0n }],
  ['emi_annual_rate_bps', { emiAnnualRateBps: 10_001 }],
  ['commission_hold_days', { commissionHoldDays: 366 }],
  ['section_194h.rate_bps', { section194h: { rateBps: [] } }],
  ['section_194h.rate_bps.0.from', { section194h: { rateBps: dated(['2026-11-26', 200]) } }],
  ['section_194h.rate_bps.0.from', { section194h: { rateBps: dated(['2026-02-30', 200]) } }],
  ['section_194h.rate_bps.1.from', { section194h: { rateBps: dated(['2020-01-01', 1], ['2020-01-01', 2]) } }],
  ['section_194h.rate_bps.1.value', { section194h: { rateBps: dated(['2020-01-01', 1], ['2021-01-01', 10_001]) } }],
  ['section_194h.no_pan_rate_bps.0.value', { section194h: { noPanRateBps: dated(['2020-01-01', -1]) } }],
  ['section_194h.threshold.0.value', { section194h: { threshold: [{ from: '2020-01-01', value: -1n }] } }],
]

test.each(cases)('%s is refused by name out of its bounds', (field, change) => {
  expect(() => changePlan(settings, change, today)).toThrow(
    expect.objectContaining({ code: 'validation.failed', field: `settings.${field}` }),
  )
})

test.each([
  ['now', 0, true],
  ['in five years', 1_830 * 86_400_000, true],
  ['a moment ago', -1, false],
  ['in more than five years', 1_830 * 86_400_000 + 1, false],
])('a plan that begins %s', (_name, aheadMs, isAllowed) => {
  const now = new Date('2026-11-25T06:00:00.000Z')
  const require = () => requireEffectiveFrom(new Date(now.getTime() + aheadMs), now)
  if (isAllowed) expect(require).not.toThrow()
  else expect(require).toThrow(expect.objectContaining({ code: 'validation.failed', field: 'effective_from' }))
  expect(() => requireEffectiveFrom(addDays(now, -1), now)).toThrow()
})
