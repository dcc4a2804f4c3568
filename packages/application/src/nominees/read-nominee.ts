import { nominees, type Tx } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { StoredFile } from '@ev/runtime'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'

/** One nominee: one's own, or anyone's for staff, whose look is written into the audit log. Refuses with `nominee.not_found`. */
export function readNominee(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, nomineeId }: { actor: Actor; nomineeId: number },
): Promise<nominees.NomineeRow> {
  return deps.db.transaction(async (tx) => {
    const row = await nominees.get(tx, nomineeId, { ownedBy: ownedBy(actor) })
    await rememberLook(tx, deps, { actor, row, action: 'nominee.read' })
    return row
  })
}

/**
 * The identity document of a nominee, under the same conditions. Refuses with `nominee.not_found`, and with `nominee.file_not_found` when
 * none was sent or it has just been replaced.
 */
export async function readNomineeFile(
  deps: Pick<Deps, 'db' | 'clock' | 'files'>,
  { actor, nomineeId }: { actor: Actor; nomineeId: number },
): Promise<StoredFile> {
  const key = await deps.db.transaction(async (tx) => {
    const row = await nominees.get(tx, nomineeId, { ownedBy: ownedBy(actor) })
    if (row.idProofDocument === null) throw new DomainError('nominee.file_not_found')
    await rememberLook(tx, deps, { actor, row, action: 'nominee.file_read' })
    return row.idProofDocument
  })
  const file = await deps.files.get(key)
  if (!file) throw new DomainError('nominee.file_not_found')
  return file
}

async function rememberLook(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { actor, row, action }: { actor: Actor; row: nominees.NomineeRow; action: string },
): Promise<void> {
  if (row.userId === actor.userId) return
  await recordAudit(tx, deps, {
    actorId: actor.userId,
    action,
    subject: { type: 'nominee', id: row.id },
    details: { userId: row.userId },
  })
}
