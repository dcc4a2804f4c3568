import type { kyc } from '@ev/db'
import type { PapersOwner, Review } from '@ev/domain'

type PapersRow = Review & { readonly userId: number; readonly user: kyc.PapersUser }

/** A row under review as the rules see it. */
export function toPapers(row: PapersRow): Review & PapersOwner {
  const { status, submittedAt, reviewedAt, reviewedById, rejectionReason } = row
  return { status, submittedAt, reviewedAt, reviewedById, rejectionReason, ...ownerOf(row) }
}

export function ownerOf({ userId, user }: Pick<PapersRow, 'userId' | 'user'>): PapersOwner {
  return { ownerId: userId, accountMakerId: user.createdById }
}
