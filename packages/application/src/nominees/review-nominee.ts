import { nominees, type Tx, users } from '@ev/db'
import { DomainError, decideReview, requireAnotherPerson, type Verdict } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { toPapers, withoutNumbers } from '../kyc/papers.ts'
import { tell } from '../tell.ts'
import { memberLikeness } from './submit-nominee.ts'

export type ReviewNominee = {
  readonly actor: Actor
  readonly nomineeId: number
  readonly verdict: Verdict
  /** When the submission that the reviewer looked at was made; null takes the newest. */
  readonly seenSubmission: Date | null
}

/**
 * Approves or rejects a pending nominee. Refuses with `nominee.not_found`, `nominee.self_review` for one's own or that of an account one made,
 * `nominee.transition_refused`, `nominee.replaced` when a newer one was submitted, and `nominee.is_member` for an approval when the
 * member's own data have come to say so.
 */
export function reviewNominee(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, nomineeId, verdict, seenSubmission }: ReviewNominee,
): Promise<nominees.NomineeRow> {
  return deps.db.transaction(async (tx) => {
    const { userId } = await nominees.get(tx, nomineeId, { ownedBy: null })
    await users.lock(tx, userId)
    const row = await nominees.lock(tx, nomineeId)
    const review = decideReview(
      'nominee',
      toPapers(row),
      { reviewerId: actor.userId, verdict: withoutNumbers(verdict) },
      deps.clock.now(),
    )
    if (seenSubmission !== null && seenSubmission.getTime() !== row.submittedAt.getTime()) {
      throw new DomainError('nominee.replaced')
    }
    if (verdict.status === 'approved') await requireStillAnother(tx, row)
    const reviewed = await nominees.update(tx, nomineeId, { ...review, updatedAt: deps.clock.now() })
    await tell(tx, deps, `nominee.${verdict.status}`, { nomineeId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: `nominee.${verdict.status}`,
      subject: { type: 'nominee', id: nomineeId },
      details: { userId },
    })
    return reviewed
  })
}

/** The member may have changed their mobile number or submitted an identity check since the nominee was named. */
async function requireStillAnother(tx: Tx, row: nominees.NomineeRow): Promise<void> {
  const { mobile, email, idProofNumberHash } = row
  const nominee = { mobile, email, idNumberHashes: idProofNumberHash === null ? [] : [idProofNumberHash] }
  requireAnotherPerson(nominee, await memberLikeness(tx, row.userId))
}
