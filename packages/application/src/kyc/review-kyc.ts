import { kyc, users } from '@ev/db'
import { decideReview, type Verdict } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import { toPapers, withoutNumbers } from './papers.ts'

/**
 * Approves or rejects a pending identity check. Refuses with `kyc.not_found`, `kyc.self_review` for one's own or that of an account one made,
 * `kyc.transition_refused`.
 */
export function reviewKyc(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, kycId, verdict }: { actor: Actor; kycId: number; verdict: Verdict },
): Promise<kyc.KycRow> {
  return deps.db.transaction(async (tx) => {
    const { userId } = await kyc.get(tx, kycId, { ownedBy: null })
    // A payout looks at the identity check under the member's lock, so the two come one after the other.
    await users.lock(tx, userId)
    const row = await kyc.lock(tx, kycId)
    const review = decideReview(
      'kyc',
      toPapers(row),
      { reviewerId: actor.userId, verdict: withoutNumbers(verdict) },
      deps.clock.now(),
    )
    const reviewed = await kyc.update(tx, kycId, review)
    await tell(tx, deps, `kyc.${verdict.status}`, { kycId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: `kyc.${verdict.status}`,
      subject: { type: 'kyc', id: kycId },
      details: { userId },
    })
    return reviewed
  })
}
