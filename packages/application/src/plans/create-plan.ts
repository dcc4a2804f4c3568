import { plans, type Tx } from '@ev/db'
import { changePlan, DomainError, istDate, type PlanChange, requireEffectiveFrom } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'

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
export async function createPlan(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, idempotency, plan }: { actor: Actor; idempotency: Idempotency; plan: NewPlan },
): Promise<Answer<plans.PlanRecord>> {
  if (!actor.isSuperuser) throw new DomainError('auth.forbidden')
  const { value: version, replayed } = await answerOnce(deps, idempotency, (tx) =>
    insertPlan(tx, deps, { actor, plan }),
  )
  return { value: await plans.record(deps.db.read, version), replayed }
}

/** Answers the number of the version that it made. */
async function insertPlan(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { actor, plan: { effectiveFrom, change, reason } }: { actor: Actor; plan: NewPlan },
): Promise<number> {
  const now = deps.clock.now()
  const from = effectiveFrom ?? now
  requireEffectiveFrom(from, now)
  const version = await plans.lockNextVersion(tx)
  const { version: _, ...base } = await plans.current(tx, from)
  await plans.insert(
    tx,
    { ...changePlan(base, change, istDate(now)), version },
    { effectiveFrom: from, createdById: actor.userId, now },
  )
  await recordAudit(tx, deps, {
    actorId: actor.userId,
    action: 'plan.created',
    subject: { type: 'plan', id: version },
    details: { effectiveFrom: from.toISOString(), changed: Object.keys(change).sort().join(', '), reason },
  })
  return version
}
