import { documents } from '@ev/db'
import { verifyDocument as decideVerification } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { ownerOf } from '../kyc/papers.ts'
import { tell } from '../tell.ts'

/**
 * Verifies a document. Refuses with `document.not_found`, `document.self_review` for one's own or that of an account one made,
 * `document.read_only` when it is verified already.
 */
export function verifyDocument(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, documentId }: { actor: Actor; documentId: number },
): Promise<documents.DocumentRow> {
  return deps.db.transaction(async (tx) => {
    const row = await documents.lock(tx, documentId, { ownedBy: null })
    const document = { ...ownerOf(row), isVerified: row.isVerified }
    const verified = decideVerification(document, { verifierId: actor.userId }, deps.clock.now())
    const updated = await documents.update(tx, documentId, verified)
    await tell(tx, deps, 'document.verified', { documentId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'document.verified',
      subject: { type: 'document', id: documentId },
      details: { userId: row.userId },
    })
    return updated
  })
}
