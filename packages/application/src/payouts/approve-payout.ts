import { payouts } from '@ev/db'
import { approvePayout as decideApproval, formatRupees } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tell } from '../tell.ts'
import { toPayout } from './payout-row.ts'

/**
 * Starts a pending payout; the worker then sends the transfer. Refuses with `payout.not_found`, `payout.transition_refused`, and
 * `payout.self_approval` for one's own.
 */
export function approvePayout(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, payoutId, idempotency }: { actor: Actor; payoutId: number; idempotency: Idempotency },
): Promise<Answer<payouts.PayoutRow>> {
  return answerOnce(deps, idempotency, async (tx) => {
    const now = deps.clock.now()
    const row = await payouts.lock(tx, payoutId, { ownedBy: null })
    const payout = decideApproval(toPayout(row), { approverId: actor.userId }, now)
    const approved = await payouts.update(tx, payoutId, {
      status: payout.status,
      processedAt: payout.processedAt,
      approvedById: actor.userId,
      updatedAt: now,
    })
    await tell(tx, deps, 'payout.approved', { payoutId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'payout.approved',
      subject: { type: 'payout', id: payoutId },
      details: { requested_amount: formatRupees(row.requestedAmount) },
    })
    return approved
  })
}
