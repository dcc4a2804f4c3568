import { type CalendarDate, isCalendarDate } from './calendar.ts'
import { DomainError } from './errors.ts'
import { formatRupees, type Paise, rupees } from './money.ts'
import type { CompensationPlan, EffectiveDated, Section194h } from './plan.ts'

/** The numbers of a plan, without the version that they come into effect as. */
export type PlanSettings = Omit<CompensationPlan, 'version'>

export const pairEligibilities = [
  'placed',
  'qualified_sale',
] as const satisfies readonly PlanSettings['pairEligibility'][]
export const pairCaps = ['carry_forward', 'flush'] as const satisfies readonly PlanSettings['pairCap'][]
export const tdsPolicies = ['flat_with_ceiling', 'section_194h'] as const satisfies readonly PlanSettings['tdsPolicy'][]
export const activeBuyerCountings = [
  'all_payments',
  'external_only',
] as const satisfies readonly PlanSettings['activeBuyerCounts'][]

const whole = { least: 0, most: 10_000 }
const largestSetting = rupees(10_000_000)

const countBounds = {
  bookingExpiryDays: { field: 'booking_expiry_days', least: 1, most: 365 },
  referralBonusBps: { field: 'referral_bonus_bps', ...whole },
  gracePairs: { field: 'grace_pairs', least: 0, most: 1_000 },
  emiDeductionBps: { field: 'emi_deduction_bps', ...whole },
  monthlyPairLimit: { field: 'monthly_pair_limit', least: 1, most: 1_000 },
  tdsBps: { field: 'tds_bps', ...whole },
  emiAnnualRateBps: { field: 'emi_annual_rate_bps', ...whole },
  commissionHoldDays: { field: 'commission_hold_days', least: 0, most: 365 },
} as const satisfies Partial<Record<keyof PlanSettings, { field: string; least: number; most: number }>>

const amountBounds = {
  minPreBooking: { field: 'min_pre_booking', least: 1n },
  activeBuyerThreshold: { field: 'active_buyer_threshold', least: 1n },
  pairEarning: { field: 'pair_earning', least: 0n },
  pairValue: { field: 'pair_value', least: 1n },
  tdsCeiling: { field: 'tds_ceiling', least: 0n },
  payoutMinimum: { field: 'payout_minimum', least: 1n },
} as const satisfies Partial<Record<keyof PlanSettings, { field: string; least: Paise }>>

/** Some settings of a plan; those that are left out stay as they are in the plan that it takes over from. */
export type PlanChange = Partial<Omit<PlanSettings, 'section194h'>> & { readonly section194h?: Partial<Section194h> }

/** The settings after a change. Refuses what could not be worked with from the day `from` on. */
export function changePlan(base: PlanSettings, change: PlanChange, from: CalendarDate): PlanSettings {
  const settings = { ...base, ...change, section194h: { ...base.section194h, ...change.section194h } }
  requirePlanSettings(settings, from)
  return settings
}

/**
 * Requires that a plan could be worked with from the day `from` on. Refuses with `validation.failed`, naming the setting in the wire's
 * spelling: a number out of its bounds, a pair that earns more than it is worth, or a table of tax law with a gap or out of order.
 */
function requirePlanSettings(settings: PlanSettings, from: CalendarDate): void {
  for (const [name, bounds] of entriesOf(countBounds)) requireCount(settings[name], bounds)
  for (const [name, bounds] of entriesOf(amountBounds)) requireAmount(settings[name], bounds)
  if (settings.pairEarning > settings.pairValue)
    throw refused('pair_earning', 'A pair cannot earn more than its value.')
  const { rateBps, threshold, noPanRateBps } = settings.section194h
  requireTable(rateBps, { field: 'section_194h.rate_bps', from, requireValue: requireCount, ...whole })
  requireTable(noPanRateBps, { field: 'section_194h.no_pan_rate_bps', from, requireValue: requireCount, ...whole })
  requireTable(threshold, { field: 'section_194h.threshold', from, requireValue: requireAmount, least: 0n })
}

function requireCount(value: number, { field, least, most }: { field: string; least: number; most: number }): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw refused(field, `Must be a whole number from ${least} to ${most}.`)
}

function requireAmount(value: Paise, { field, least }: { field: string; least: Paise }): void {
  if (value < least || value > largestSetting)
    throw refused(field, `Must be from ${formatRupees(least)} to ${formatRupees(largestSetting)}.`)
}

const longestTable = 50

type TableRules<T, Bounds> = Bounds & {
  readonly field: string
  /** The first day for which the table must have a value. */
  readonly from: CalendarDate
  readonly requireValue: (value: T, bounds: Bounds & { field: string }) => void
}

function requireTable<T, Bounds>(table: EffectiveDated<T>, rules: TableRules<T, Bounds>): void {
  const { field, from, requireValue } = rules
  const first = table[0]
  if (!first || table.length > longestTable) throw refused(field, `Must have from 1 to ${longestTable} entries.`)
  table.forEach((entry, at) => {
    if (!isCalendarDate(entry.from)) throw refused(`${field}.${at}.from`, 'Must be a date, like 2026-04-01.')
    const before = table[at - 1]
    if (before && before.from >= entry.from)
      throw refused(`${field}.${at}.from`, 'Must be later than the entry before.')
    requireValue(entry.value, { ...rules, field: `${field}.${at}.value` })
  })
  if (first.from > from) throw refused(`${field}.0.from`, `Must be ${from} or earlier, so that every day has a value.`)
}

function entriesOf<T extends object>(record: T): { [K in keyof T]: [K, T[K]] }[keyof T][] {
  return Object.entries(record) as { [K in keyof T]: [K, T[K]] }[keyof T][]
}

function refused(field: string, reason: string): DomainError {
  return new DomainError('validation.failed', { reason }, `settings.${field}`)
}

/** How long ahead a plan may be announced. */
const longestNoticeDays = 1_830
const msPerDay = 86_400_000

/** Requires that a new plan begins now or later: what was decided before stays decided. Refuses with `validation.failed` on `effective_from`. */
export function requireEffectiveFrom(effectiveFrom: Date, now: Date): void {
  const ahead = effectiveFrom.getTime() - now.getTime()
  if (ahead >= 0 && ahead <= longestNoticeDays * msPerDay) return
  const reason = ahead < 0 ? 'A plan begins now or later.' : 'A plan is announced at most five years ahead.'
  throw new DomainError('validation.failed', { reason }, 'effective_from')
}
