import type { CalendarDate } from './calendar.ts'
import { type Paise, rupees } from './money.ts'

/** A value that holds from a day in India until the next entry's day. Entries are in ascending order of `from`. */
export type EffectiveDated<T> = readonly { readonly from: CalendarDate; readonly value: T }[]

/** Tax on commission: the section's rate, the year's threshold, and the rate without a PAN, each as dated data. */
export type Section194h = {
  readonly rateBps: EffectiveDated<number>
  /** Per member and financial year; tax is due once the year's total is above it. */
  readonly threshold: EffectiveDated<Paise>
  /** The least rate for a member without a PAN. */
  readonly noPanRateBps: EffectiveDated<number>
}

/**
 * Every number of the compensation rules, as one versioned record. Amounts are paise, rates are basis points. A decision about money
 * stores the version it used. Records are never changed; a new version takes over from its effective date.
 */
export type CompensationPlan = {
  readonly version: number
  /** Least booking amount. */
  readonly minPreBooking: Paise
  /** Paid in total from which a booking is confirmed and a member is an Active Buyer. */
  readonly activeBuyerThreshold: Paise
  readonly bookingExpiryDays: number
  readonly referralBonusBps: number
  /** What a member earns for a pair. */
  readonly pairEarning: Paise
  /** What a pair counts for in volume. */
  readonly pairValue: Paise
  /** The first pairs of a member's life that are free of the EMI deduction. */
  readonly gracePairs: number
  readonly emiDeductionBps: number
  /** Most pairs of a member in one calendar month in India. */
  readonly monthlyPairLimit: number
  /** Which members count for pairs: all that are placed, or only Active Buyers. */
  readonly pairEligibility: 'placed' | 'qualified_sale'
  /** What happens at a month's end to what the limit left unmatched. */
  readonly pairCap: 'carry_forward' | 'flush'
  readonly tdsPolicy: 'flat_with_ceiling' | 'section_194h'
  /** Rate and ceiling per payout of the policy `flat_with_ceiling`. */
  readonly tdsBps: number
  readonly tdsCeiling: Paise
  readonly section194h: Section194h
  readonly payoutMinimum: Paise
  readonly payoutRequiresKyc: boolean
  readonly emiAnnualRateBps: number
  /** Cooling-off: days for which a commission stays pending before it is credited. */
  readonly commissionHoldDays: number
  /** Which payments make an Active Buyer: all, or only money that came from outside (no wallet, no EMI deduction). */
  readonly activeBuyerCounts: 'all_payments' | 'external_only'
}

/** Version 1: the numbers of the platform that this one replaces. */
export const defaultPlan: CompensationPlan = {
  version: 1,
  minPreBooking: rupees(500),
  activeBuyerThreshold: rupees(5_000),
  bookingExpiryDays: 30,
  referralBonusBps: 500,
  pairEarning: rupees(500),
  pairValue: rupees(1_000),
  gracePairs: 5,
  emiDeductionBps: 2_000,
  monthlyPairLimit: 10,
  pairEligibility: 'placed',
  pairCap: 'carry_forward',
  tdsPolicy: 'flat_with_ceiling',
  tdsBps: 500,
  tdsCeiling: rupees(10_000),
  // Income-tax Act 1961 s. 194H as amended by the Finance Act 2024 s. 57 (rate) and the Finance Act 2025 (threshold), kept by the
  // Income-tax Act 2025 s. 393(1); without a PAN s. 206AA.
  section194h: {
    rateBps: [
      { from: '2016-06-01', value: 500 },
      { from: '2024-10-01', value: 200 },
    ],
    threshold: [
      { from: '2016-06-01', value: rupees(15_000) },
      { from: '2025-04-01', value: rupees(20_000) },
    ],
    noPanRateBps: [{ from: '2016-06-01', value: 2_000 }],
  },
  payoutMinimum: rupees(1),
  payoutRequiresKyc: false,
  emiAnnualRateBps: 0,
  commissionHoldDays: 0,
  activeBuyerCounts: 'all_payments',
}

/** The value that is in effect on a day. A day before the first entry is a fault: the table must reach back far enough. */
export function valueOn<T>(table: EffectiveDated<T>, date: CalendarDate): T {
  const entry = table.findLast(({ from }) => from <= date)
  if (!entry) throw new RangeError(`Nothing is in effect on ${date}.`)
  return entry.value
}
