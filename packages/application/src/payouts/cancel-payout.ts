import { payouts, users } from '@ev/db'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { releasePayout } from './release-payout.ts'

/** Takes one's own pending payout back. Refuses with `payout.not_found` for anyone else's and `payout.transition_refused`. */
export function cancelPayout(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, payoutId, idempotency }: { actor: Actor; payoutId: number; idempotency: Idempotency },
): Promise<Answer<payouts.PayoutRow>> {
  return answerOnce(deps, idempotency, async (tx) => {
    const row = await payouts.lock(tx, payoutId, { ownedBy: actor.userId })
    await users.lock(tx, row.userId)
    return releasePayout(tx, deps, { row, to: 'cancelled', reason: 'Cancelled by the member', actorId: actor.userId })
  })
}
