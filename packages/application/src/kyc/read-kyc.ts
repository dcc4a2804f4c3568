import { kyc, type Tx } from '@ev/db'
import { DomainError, type KycFileName } from '@ev/domain'
import type { StoredFile } from '@ev/runtime'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'
import { kycFileColumns } from './submit-kyc.ts'

/**
 * One identity check: one's own, or anyone's for staff, whose look at it is written into the audit log. Refuses with `kyc.not_found`.
 */
export function readKyc(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, kycId }: { actor: Actor; kycId: number },
): Promise<kyc.KycRow> {
  return deps.db.transaction(async (tx) => {
    const row = await kyc.get(tx, kycId, { ownedBy: ownedBy(actor) })
    await rememberLook(tx, deps, { actor, row, action: 'kyc.read', details: {} })
    return row
  })
}

/**
 * One file of an identity check, under the same conditions. Refuses with `kyc.not_found`, and with `kyc.file_not_found` when it was not sent
 * or has just been replaced.
 */
export async function readKycFile(
  deps: Pick<Deps, 'db' | 'clock' | 'files'>,
  { actor, kycId, name }: { actor: Actor; kycId: number; name: KycFileName },
): Promise<StoredFile> {
  const key = await deps.db.transaction(async (tx) => {
    const row = await kyc.get(tx, kycId, { ownedBy: ownedBy(actor) })
    const found = row[kycFileColumns[name]]
    if (found === null) throw new DomainError('kyc.file_not_found')
    await rememberLook(tx, deps, { actor, row, action: 'kyc.file_read', details: { file: name } })
    return found
  })
  const file = await deps.files.get(key)
  if (!file) throw new DomainError('kyc.file_not_found')
  return file
}

async function rememberLook(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  look: { actor: Actor; row: kyc.KycRow; action: string; details: Record<string, string> },
): Promise<void> {
  const { actor, row, action, details } = look
  if (row.userId === actor.userId) return
  await recordAudit(tx, deps, {
    actorId: actor.userId,
    action,
    subject: { type: 'kyc', id: row.id },
    details: { userId: row.userId, ...details },
  })
}
