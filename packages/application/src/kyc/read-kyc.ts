import { kyc } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'

/**
 * One identity check: one's own, or anyone's for staff, whose look at it is written into the audit log. Refuses with `kyc.not_found`.
 */
export function readKyc(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, kycId }: { actor: Actor; kycId: number },
): Promise<kyc.KycRow> {
  return deps.db.transaction(async (tx) => {
    const row = await kyc.get(tx, kycId, { ownedBy: ownedBy(actor) })
    if (row.userId !== actor.userId) {
      await recordAudit(tx, deps, {
        actorId: actor.userId,
        action: 'kyc.read',
        subject: { type: 'kyc', id: kycId },
        details: { userId: row.userId },
      })
    }
    return row
  })
}
