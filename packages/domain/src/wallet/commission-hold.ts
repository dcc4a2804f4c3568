import { addDays, type Instant } from '../calendar.ts'
import type { CompensationPlan } from '../plan.ts'

/** When a commission earned at `earnedAt` may be credited: after the plan's cooling-off days, at once when there are none. */
export function creditableAt(earnedAt: Instant, plan: CompensationPlan): Instant {
  return addDays(earnedAt, plan.commissionHoldDays)
}
