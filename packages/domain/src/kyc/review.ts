import type { Instant } from '../calendar.ts'
import { DomainError } from '../errors.ts'

export const reviewStatuses = ['pending', 'approved', 'rejected'] as const

export type ReviewStatus = (typeof reviewStatuses)[number]

/** Every move that papers under review can make. A rejected paper becomes pending when it is submitted again. */
export const reviewTransitions: Readonly<Record<ReviewStatus, readonly ReviewStatus[]>> = {
  pending: ['approved', 'rejected'],
  approved: [],
  rejected: ['pending'],
}

/** How far papers are. `rejectionReason` is empty unless they are rejected. */
export type Review = {
  readonly status: ReviewStatus
  readonly submittedAt: Instant
  readonly reviewedAt: Instant | null
  readonly reviewedById: number | null
  readonly rejectionReason: string
}

/** Whose papers they are, and who made the owner's account (null when the owner did). */
export type PapersOwner = { readonly ownerId: number; readonly accountMakerId: number | null }

export type Verdict = { readonly status: 'approved' } | { readonly status: 'rejected'; readonly reason: string }

/** A submission that nobody has judged yet. */
export function submittedAt(now: Instant): Review {
  return { status: 'pending', submittedAt: now, reviewedAt: null, reviewedById: null, rejectionReason: '' }
}

/**
 * Approves or rejects pending papers at `now`. Nobody judges their own, nor those of an account that they made (`….self_review`); papers
 * that are not pending are refused with `….transition_refused`.
 */
export function decideReview(
  subject: 'kyc' | 'nominee',
  papers: Review & PapersOwner,
  { reviewerId, verdict }: { reviewerId: number; verdict: Verdict },
  now: Instant,
): Review {
  if (isOwnMaking(papers, reviewerId)) throw new DomainError(`${subject}.self_review`)
  requireTransition(subject, papers, verdict.status)
  return {
    status: verdict.status,
    submittedAt: papers.submittedAt,
    reviewedAt: now,
    reviewedById: reviewerId,
    rejectionReason: verdict.status === 'rejected' ? verdict.reason : '',
  }
}

/** Whether someone would judge what is in effect their own. */
export function isOwnMaking({ ownerId, accountMakerId }: PapersOwner, reviewerId: number): boolean {
  return reviewerId === ownerId || reviewerId === accountMakerId
}

/** Refuses a move that papers in this state do not make, with `….transition_refused`. */
export function requireTransition(
  subject: 'kyc' | 'nominee',
  { status }: Pick<Review, 'status'>,
  to: ReviewStatus,
): void {
  if (reviewTransitions[status].includes(to)) return
  throw new DomainError(`${subject}.transition_refused`, { from: status, to })
}
