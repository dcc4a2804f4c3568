import { activeBuyerCountings, pairCaps, pairEligibilities, tdsPolicies } from '@ev/domain'
import type { Row } from '../../api/answer.ts'
import { inr, typedRupees } from '../../money/rupees.ts'
import { statusLabel } from '../../show/status-chip.tsx'

export type Plan = Row<'/admin/plans/'>
export type PlanSettings = Plan['settings']
/** Settings that stand in one field; `tax-tables.ts` has the others. */
export type SettingName = Exclude<keyof PlanSettings, 'section_194h'>

type Kind =
  | { readonly kind: 'rupees' | 'percent' | 'count' | 'flag' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
export type Setting = Kind & { readonly name: SettingName; readonly label: string }

/** Every setting of a plan, in the order in which people think of them. */
export const settingGroups: readonly { readonly title: string; readonly settings: readonly Setting[] }[] = [
  {
    title: 'Bookings',
    settings: [
      { name: 'min_pre_booking', label: 'Smallest booking amount', kind: 'rupees' },
      { name: 'active_buyer_threshold', label: 'Active buyer from', kind: 'rupees' },
      { name: 'active_buyer_counts', label: 'What counts for it', kind: 'choice', choices: activeBuyerCountings },
      { name: 'booking_expiry_days', label: 'Days until a booking expires', kind: 'count' },
      { name: 'emi_annual_rate_bps', label: 'EMI interest a year', kind: 'percent' },
    ],
  },
  {
    title: 'Commissions',
    settings: [
      { name: 'referral_bonus_bps', label: 'Referral bonus', kind: 'percent' },
      { name: 'pair_earning', label: 'Earning of a pair', kind: 'rupees' },
      { name: 'pair_value', label: 'Value of a pair', kind: 'rupees' },
      { name: 'grace_pairs', label: 'Pairs before being an active buyer', kind: 'count' },
      { name: 'emi_deduction_bps', label: 'Kept back for EMI', kind: 'percent' },
      { name: 'monthly_pair_limit', label: 'Pairs a month', kind: 'count' },
      { name: 'pair_eligibility', label: 'Who counts for pairs', kind: 'choice', choices: pairEligibilities },
      { name: 'pair_cap', label: 'Pairs above the limit', kind: 'choice', choices: pairCaps },
      { name: 'commission_hold_days', label: 'Days that commissions are held', kind: 'count' },
    ],
  },
  {
    title: 'Payouts and tax',
    settings: [
      { name: 'payout_minimum', label: 'Smallest payout', kind: 'rupees' },
      { name: 'payout_requires_kyc', label: 'Payouts need an identity check', kind: 'flag' },
      { name: 'tds_policy', label: 'How tax is withheld', kind: 'choice', choices: tdsPolicies },
      { name: 'tds_bps', label: 'TDS, flat', kind: 'percent' },
      { name: 'tds_ceiling', label: 'TDS, at most', kind: 'rupees' },
    ],
  },
]

/** A setting as people read it. */
export function shownSetting({ kind, name }: Setting, settings: PlanSettings): string {
  const value = settings[name]
  if (kind === 'rupees') return inr(String(value))
  if (kind === 'percent') return `${percentOf(Number(value))} %`
  if (kind === 'flag') return value ? 'Yes' : 'No'
  return kind === 'choice' ? statusLabel(String(value)) : String(value)
}

/** A setting as it is typed. */
export function typedSetting({ kind, name }: Setting, settings: PlanSettings): string {
  return kind === 'percent' ? percentOf(Number(settings[name])) : String(settings[name])
}

/** What was typed, as the API takes it; null when it cannot be that. */
export function readSetting({ kind }: Setting, typed: string): string | number | boolean | null {
  if (kind === 'rupees') return typedRupees(typed)
  if (kind === 'percent') return basisPointsOf(typed)
  if (kind === 'count') return /^\d{1,6}$/.test(typed) ? Number(typed) : null
  return kind === 'flag' ? typed === 'true' : typed
}

/** 1250 basis points are `12.5`. */
export function percentOf(basisPoints: number): string {
  const digits = String(basisPoints).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '') || '0'
}

/** `12.5` per cent are 1250 basis points; null for anything that is no percentage with at most two decimals. */
export function basisPointsOf(percent: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent.trim())
  return match ? Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) : null
}
