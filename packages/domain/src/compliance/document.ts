import type { Instant } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { isOwnMaking, type PapersOwner } from '../kyc/review.ts'

/** A member keeps at most so many documents here. */
export const mostDocuments = 50

export type Document = PapersOwner & { readonly isVerified: boolean }

/** Whether a member who has `count` documents may add one; refuses with `document.too_many`. */
export function requireRoomForDocument(count: number): void {
  if (count >= mostDocuments) throw new DomainError('document.too_many', { most: mostDocuments })
}

/**
 * Verifies a document at `now`. Nobody verifies their own, nor that of an account that they made (`document.self_review`); a verified one
 * stays as it is (`document.read_only`).
 */
export function verifyDocument(
  document: Document,
  { verifierId }: { verifierId: number },
  now: Instant,
): { isVerified: true; verifiedById: number; verifiedAt: Instant } {
  if (isOwnMaking(document, verifierId)) throw new DomainError('document.self_review')
  requireUnverified(document)
  return { isVerified: true, verifiedById: verifierId, verifiedAt: now }
}

/** A verified document is kept; refuses with `document.read_only`. */
export function requireUnverified({ isVerified }: Pick<Document, 'isVerified'>): void {
  if (isVerified) throw new DomainError('document.read_only')
}
