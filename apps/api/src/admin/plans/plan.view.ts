import type { plans } from '@ev/db'
import {
  activeBuyerCountings,
  type PlanChange,
  type PlanSettings,
  pairCaps,
  pairEligibilities,
  tdsPolicies,
} from '@ev/domain'
import { z } from 'zod'
import { calendarDate, instant, rupees } from '../../http/index.ts'

const dated = <T extends z.ZodType>(value: T) =>
  z
    .array(
      z.strictObject({
        from: calendarDate.meta({ description: 'The first day of the value, in India.', examples: ['2016-06-01'] }),
        value: value.meta({ description: 'What is in effect from that day on.' }),
      }),
    )
    .max(50)

const taxTables = z.strictObject({
  rate_bps: dated(z.int()),
  threshold: dated(rupees).meta({ description: 'Up to what total of a year no tax is due, from each day on.' }),
  no_pan_rate_bps: dated(z.int()),
})

/** Every number of a plan. Rates are basis points: 500 is 5 %. */
const settingsShape = z.strictObject({
  min_pre_booking: rupees,
  active_buyer_threshold: rupees,
  booking_expiry_days: z.int(),
  referral_bonus_bps: z.int(),
  pair_earning: rupees,
  pair_value: rupees,
  grace_pairs: z.int(),
  emi_deduction_bps: z.int(),
  monthly_pair_limit: z.int(),
  pair_eligibility: z.enum(pairEligibilities),
  pair_cap: z.enum(pairCaps),
  tds_policy: z.enum(tdsPolicies),
  tds_bps: z.int(),
  tds_ceiling: rupees,
  section_194h: taxTables,
  payout_minimum: rupees,
  payout_requires_kyc: z.boolean(),
  emi_annual_rate_bps: z.int(),
  commission_hold_days: z.int(),
  active_buyer_counts: z.enum(activeBuyerCountings),
})

/** Settings of a new plan; what is left out stays. */
export const planChangeBody = settingsShape.partial().extend({ section_194h: taxTables.partial().optional() })

export const planView = z
  .object({
    version: z.int().meta({ description: 'The number of the version, from 1.' }),
    effective_from: instant,
    state: z.enum(['past', 'current', 'scheduled']).meta({ description: 'Whether it is in effect.' }),
    created_by: z.int().nullable().meta({ description: 'Null for the platform itself.' }),
    created_at: instant,
    settings: settingsShape.meta({ description: 'Every number of the plan.' }),
  })
  .meta({ id: 'Plan' })

export function toPlanView(
  { plan, effectiveFrom, createdById, createdAt }: plans.PlanRecord,
  { now, currentVersion }: { now: Date; currentVersion: number },
): z.output<typeof planView> {
  const state = plan.version === currentVersion ? 'current' : effectiveFrom > now ? 'scheduled' : 'past'
  return {
    version: plan.version,
    effective_from: effectiveFrom,
    state,
    created_by: createdById,
    created_at: createdAt,
    settings: toSettingsView(plan),
  }
}

function toSettingsView(plan: PlanSettings): z.output<typeof settingsShape> {
  return {
    min_pre_booking: plan.minPreBooking,
    active_buyer_threshold: plan.activeBuyerThreshold,
    booking_expiry_days: plan.bookingExpiryDays,
    referral_bonus_bps: plan.referralBonusBps,
    pair_earning: plan.pairEarning,
    pair_value: plan.pairValue,
    grace_pairs: plan.gracePairs,
    emi_deduction_bps: plan.emiDeductionBps,
    monthly_pair_limit: plan.monthlyPairLimit,
    pair_eligibility: plan.pairEligibility,
    pair_cap: plan.pairCap,
    tds_policy: plan.tdsPolicy,
    tds_bps: plan.tdsBps,
    tds_ceiling: plan.tdsCeiling,
    section_194h: {
      rate_bps: [...plan.section194h.rateBps],
      threshold: [...plan.section194h.threshold],
      no_pan_rate_bps: [...plan.section194h.noPanRateBps],
    },
    payout_minimum: plan.payoutMinimum,
    payout_requires_kyc: plan.payoutRequiresKyc,
    emi_annual_rate_bps: plan.emiAnnualRateBps,
    commission_hold_days: plan.commissionHoldDays,
    active_buyer_counts: plan.activeBuyerCounts,
  }
}

/** Only what the body names. */
export function toPlanChange(body: z.output<typeof planChangeBody>): PlanChange {
  const tables = body.section_194h
  const change: { [K in keyof Required<PlanChange>]: PlanChange[K] | undefined } = {
    minPreBooking: body.min_pre_booking,
    activeBuyerThreshold: body.active_buyer_threshold,
    bookingExpiryDays: body.booking_expiry_days,
    referralBonusBps: body.referral_bonus_bps,
    pairEarning: body.pair_earning,
    pairValue: body.pair_value,
    gracePairs: body.grace_pairs,
    emiDeductionBps: body.emi_deduction_bps,
    monthlyPairLimit: body.monthly_pair_limit,
    pairEligibility: body.pair_eligibility,
    pairCap: body.pair_cap,
    tdsPolicy: body.tds_policy,
    tdsBps: body.tds_bps,
    tdsCeiling: body.tds_ceiling,
    section194h:
      tables && named({ rateBps: tables.rate_bps, threshold: tables.threshold, noPanRateBps: tables.no_pan_rate_bps }),
    payoutMinimum: body.payout_minimum,
    payoutRequiresKyc: body.payout_requires_kyc,
    emiAnnualRateBps: body.emi_annual_rate_bps,
    commissionHoldDays: body.commission_hold_days,
    activeBuyerCounts: body.active_buyer_counts,
  }
  return named(change)
}

function named<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
