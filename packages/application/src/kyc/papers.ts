import type { kyc } from '@ev/db'
import type { PapersOwner, Review, Verdict } from '@ev/domain'
import { redactText } from '@ev/runtime'

type PapersRow = Review & { readonly userId: number; readonly user: kyc.PapersUser }

/** A row under review as the rules see it. */
export function toPapers(row: PapersRow): Review & PapersOwner {
  const { status, submittedAt, reviewedAt, reviewedById, rejectionReason } = row
  return { status, submittedAt, reviewedAt, reviewedById, rejectionReason, ...ownerOf(row) }
}

export function ownerOf({ userId, user }: Pick<PapersRow, 'userId' | 'user'>): PapersOwner {
  return { ownerId: userId, accountMakerId: user.createdById }
}

/** The verdict as it is kept: a reviewer may quote a number of the papers in the reason, and there it would stand readable. */
export function withoutNumbers(verdict: Verdict): Verdict {
  return verdict.status === 'rejected' ? { ...verdict, reason: redactText(verdict.reason) } : verdict
}
