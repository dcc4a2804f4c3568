import type { Instant } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { type Review, requireTransition, submittedAt } from './review.ts'

/** The pictures or scans that belong to an identity check, by their names on the wire. */
export const kycFileNames = ['pan_document', 'aadhaar_front', 'aadhaar_back'] as const

export type KycFileName = (typeof kycFileNames)[number]

/**
 * Submits a member's identity papers at `now`: the first time, or again after a rejection. Approved ones are read-only (`kyc.read_only`), and
 * pending ones stay as the reviewer sees them (`kyc.transition_refused`): what is approved is what was looked at.
 */
export function submitKyc(current: Pick<Review, 'status'> | null, now: Instant): Review {
  if (current?.status === 'approved') throw new DomainError('kyc.read_only')
  if (current) requireTransition('kyc', current, 'pending')
  return submittedAt(now)
}
