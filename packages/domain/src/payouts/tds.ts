import type { CalendarDate } from '../calendar.ts'
import { maxPaise, minPaise, type Paise, shareOf } from '../money.ts'
import { type CompensationPlan, valueOn } from '../plan.ts'

/** What is known of the member's tax in the financial year of the payout, this payout not included. */
export type TdsFacts = {
  /** Gross amounts paid out to the member this financial year. */
  readonly paidThisYear: Paise
  readonly tdsThisYear: Paise
  readonly hasPan: boolean
}

export type TdsInput = TdsFacts & { readonly requested: Paise; readonly date: CalendarDate }

/** Tax deducted at source from a payout on a day in India, under the plan's policy; from 0 to the requested amount. */
export function computeTds(input: TdsInput, plan: CompensationPlan): Paise {
  switch (plan.tdsPolicy) {
    case 'flat_with_ceiling':
      return minPaise(shareOf(input.requested, plan.tdsBps), plan.tdsCeiling)
    case 'section_194h':
      return section194h(input, plan)
  }
}

/**
 * Nothing until the year's total is above the threshold. The payout that crosses it also pays for the earlier ones, at the rate in effect
 * that day. After that each payout pays its own rate, and more if the year's tax is still short because an earlier catch-up was larger
 * than the payout it came from. Without a PAN the rate is the higher of the section's and the no-PAN rate.
 * Source: Income-tax Act 1961 s. 194H and s. 206AA; Income-tax Act 2025 s. 393(1) from 1 April 2026.
 */
function section194h(input: TdsInput, plan: CompensationPlan): Paise {
  const { requested, paidThisYear, tdsThisYear, hasPan, date } = input
  const { rateBps, threshold, noPanRateBps } = plan.section194h
  const limit = valueOn(threshold, date)
  const total = paidThisYear + requested
  if (total <= limit) return 0n
  const rate = hasPan ? valueOn(rateBps, date) : Math.max(valueOn(rateBps, date), valueOn(noPanRateBps, date))
  const shortOfYear = maxPaise(shareOf(total, rate) - tdsThisYear, 0n)
  const hadCrossed = paidThisYear > limit
  return minPaise(hadCrossed ? maxPaise(shareOf(requested, rate), shortOfYear) : shortOfYear, requested)
}
