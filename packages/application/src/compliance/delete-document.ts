import { documents } from '@ev/db'
import { requireUnverified } from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'
import { forgetFiles } from '../kyc/kept-files.ts'

/** Deletes a document of one's own that nobody has verified, with its file. Refuses with `document.not_found`, `document.read_only`. */
export async function deleteDocument(
  deps: Pick<Deps, 'db' | 'files' | 'log'>,
  { actor, documentId }: { actor: Actor; documentId: number },
): Promise<void> {
  const fileKey = await deps.db.transaction(async (tx) => {
    const row = await documents.lock(tx, documentId, { ownedBy: actor.userId })
    requireUnverified(row)
    await documents.remove(tx, documentId)
    return row.fileKey
  })
  await forgetFiles(deps, [fileKey])
}
