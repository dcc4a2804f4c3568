import { plans } from '@ev/db'
import { changePlan, istDate, type PlanCases, type PlanChange, type PlanEffect, previewPlan } from '@ev/domain'
import type { Deps } from '../deps.ts'

export type PlanComparison = { readonly version: number; readonly current: PlanEffect; readonly proposed: PlanEffect }

/** What some cases give under the plan in effect and under a change of it. Nothing is written. Refuses settings as `createPlan` does. */
export async function comparePlans(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { change, cases }: { change: PlanChange; cases: PlanCases },
): Promise<PlanComparison> {
  const now = clock.now()
  const current = await plans.current(db.read, now)
  const proposed = { ...current, ...changePlan(current, change, istDate(now)) }
  return {
    version: current.version,
    current: previewPlan(current, cases, now),
    proposed: previewPlan(proposed, cases, now),
  }
}
