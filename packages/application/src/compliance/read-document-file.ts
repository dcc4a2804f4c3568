import { documents } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { StoredFile } from '@ev/runtime'
import { recordAudit } from '../audit/record-audit.ts'
import { type Actor, type Deps, ownedBy } from '../deps.ts'

/**
 * The file of a document: one's own, or anyone's for staff, whose look is written into the audit log. Refuses with `document.not_found`, also
 * when it has just been deleted.
 */
export async function readDocumentFile(
  deps: Pick<Deps, 'db' | 'clock' | 'files'>,
  { actor, documentId }: { actor: Actor; documentId: number },
): Promise<StoredFile> {
  const { fileKey } = await deps.db.transaction(async (tx) => {
    const row = await documents.get(tx, documentId, { ownedBy: ownedBy(actor) })
    if (row.userId !== actor.userId) {
      await recordAudit(tx, deps, {
        actorId: actor.userId,
        action: 'document.file_read',
        subject: { type: 'document', id: documentId },
        details: { userId: row.userId },
      })
    }
    return row
  })
  const file = await deps.files.get(fileKey)
  if (!file) throw new DomainError('document.not_found')
  return file
}
