import { plans } from '@ev/db'
import { changePlan, DomainError, istDate, type PlanChange, requireEffectiveFrom } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'

export type NewPlan = {
  /** When it comes into effect; null for at once. */
  readonly effectiveFrom: Date | null
  readonly change: PlanChange
  readonly reason: string
}

/**
 * Makes the next version of the plan. What the change leaves out is as in the plan that is in effect when the new one begins. Only a superuser
 * may (`auth.forbidden`); refuses with `validation.failed` what could not be worked with, and a plan that would begin in the past.
 */
export function createPlan(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, plan: { effectiveFrom, change, reason } }: { actor: Actor; plan: NewPlan },
): Promise<plans.PlanRecord> {
  if (!actor.isSuperuser) throw new DomainError('auth.forbidden')
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const from = effectiveFrom ?? now
    requireEffectiveFrom(from, now)
    const version = await plans.lockNextVersion(tx)
    const { version: _, ...base } = await plans.current(tx, from)
    const plan = { ...changePlan(base, change, istDate(now)), version }
    await plans.insert(tx, plan, { effectiveFrom: from, createdById: actor.userId, now })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'plan.created',
      subject: { type: 'plan', id: version },
      details: { effectiveFrom: from.toISOString(), changed: Object.keys(change).sort().join(', '), reason },
    })
    return plans.record(tx, version)
  })
}
