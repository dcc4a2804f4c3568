import { type CalendarDate, type Instant, istDate } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { isAadhaar } from '../identity/aadhaar.ts'
import { isPan } from '../identity/pan.ts'
import { type Review, submittedAt } from '../kyc/review.ts'

export const idProofTypes = ['aadhaar', 'pan', 'passport', 'voter_id', 'driving_license'] as const

export type IdProofType = (typeof idProofTypes)[number]

/** By what two people are told apart. Numbers are keyed hashes; a member has several or none. */
export type Likeness = {
  readonly mobile: string | null
  readonly email: string | null
  readonly idNumberHashes: readonly string[]
}

/** Whether a number can be that of a document of this type. */
export function isIdProofNumber(type: IdProofType, number: string): boolean {
  if (type === 'aadhaar') return isAadhaar(number)
  if (type === 'pan') return isPan(number)
  return /^[A-Z0-9][A-Z0-9 /-]{3,18}[A-Z0-9]$/.test(number)
}

/**
 * Names a nominee at `now`, or replaces one that is not approved; an approved one is read-only (`nominee.read_only`). The nominee was born by
 * today (`validation.failed`) and is not the member (`nominee.is_member`, naming the field that says so).
 */
export function submitNominee(
  current: Pick<Review, 'status'> | null,
  nominee: Likeness & { readonly dateOfBirth: CalendarDate },
  member: Likeness,
  now: Instant,
): Review {
  if (current?.status === 'approved') throw new DomainError('nominee.read_only')
  if (nominee.dateOfBirth > istDate(now)) {
    throw new DomainError('validation.failed', { reason: 'Must not be in the future.' }, 'date_of_birth')
  }
  requireAnotherPerson(nominee, member)
  return submittedAt(now)
}

/** Refuses with `nominee.is_member` when a mobile number, an e-mail address or an identity number says that both are one person. */
export function requireAnotherPerson(nominee: Likeness, member: Likeness): void {
  if (nominee.mobile !== null && nominee.mobile === member.mobile) throw isMember('mobile')
  if (nominee.email !== null && nominee.email === member.email) throw isMember('email')
  if (nominee.idNumberHashes.some((hash) => member.idNumberHashes.includes(hash))) throw isMember('id_proof_number')
}

const isMember = (field: string): DomainError => new DomainError('nominee.is_member', {}, field)
