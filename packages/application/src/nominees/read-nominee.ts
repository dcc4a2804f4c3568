import { nominees } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'

/** One nominee: one's own, or anyone's for staff, whose look is written into the audit log. Refuses with `nominee.not_found`. */
export function readNominee(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, nomineeId }: { actor: Actor; nomineeId: number },
): Promise<nominees.NomineeRow> {
  return deps.db.transaction(async (tx) => {
    const row = await nominees.get(tx, nomineeId, { ownedBy: ownedBy(actor) })
    if (row.userId !== actor.userId) {
      await recordAudit(tx, deps, {
        actorId: actor.userId,
        action: 'nominee.read',
        subject: { type: 'nominee', id: nomineeId },
        details: { userId: row.userId },
      })
    }
    return row
  })
}
