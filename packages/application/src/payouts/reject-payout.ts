import { payouts, users } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { releasePayout } from './release-payout.ts'

/** Refuses a pending payout for a reason that the member is told. Refuses with `payout.not_found`, `payout.transition_refused`. */
export function rejectPayout(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  command: { actor: Actor; payoutId: number; reason: string; idempotency: Idempotency },
): Promise<Answer<payouts.PayoutRow>> {
  const { actor, payoutId, reason } = command
  return answerOnce(deps, command.idempotency, async (tx) => {
    const row = await payouts.lock(tx, payoutId, { ownedBy: null })
    await users.lock(tx, row.userId)
    const rejected = await releasePayout(tx, deps, { row, to: 'rejected', reason, actorId: actor.userId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'payout.rejected',
      subject: { type: 'payout', id: payoutId },
      details: { reason },
    })
    return rejected
  })
}
