import type { LegacyRecord, takeOver } from '@ev/db'
import {
  type IdProofType,
  idProofTypes,
  isAadhaar,
  isAccountNumber,
  isDomainError,
  isIdProofNumber,
  isIfsc,
  isPan,
  parseMobile,
} from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { reviewStatuses } from '../mapping.ts'
import { dateOrNull, idOf, idOrNull, instantOf, instantOrNull, textOf, textOrNull, wordOf } from '../values.ts'
import { addressOf } from './members.ts'

/** An identity check whose numbers are still to be sealed and whose files are still to be stored. */
export type KycDraft = {
  readonly row: takeOver.NewRows['kyc']
  readonly pan: string | null
  readonly aadhaar: string | null
  readonly accountNumber: string | null
  readonly files: Readonly<Record<'panDocument' | 'aadhaarFront' | 'aadhaarBack' | 'bankPassbook', string | null>>
}

export function decideKyc(
  rows: readonly LegacyRecord[],
  { members, found, now }: { members: ReadonlySet<number>; found: Discrepancies; now: Date },
): KycDraft[] {
  const accounts = new Set<string>()
  return rows.map((row): KycDraft => {
    const subject = `KYC ${idOf(row)} of member ${idOf(row, 'user_id')}`
    const pan = numberOf(row, 'pan_number', isPan)
    const aadhaar = numberOf(row, 'aadhaar_number', isAadhaar)
    if (pan === null) found.add('kyc.pan', subject, { note: ending(row, 'pan_number') })
    if (aadhaar === null) found.add('kyc.aadhaar', subject, { note: ending(row, 'aadhaar_number') })
    const account = accountOf(row, accounts)
    if (account === null && row['account_number'])
      found.add('kyc.account', subject, { note: ending(row, 'account_number') })
    const isComplete = pan !== null && aadhaar !== null
    const status = wordOf(reviewStatuses, textOf(row, 'status')) ?? 'pending'
    return {
      pan,
      aadhaar,
      accountNumber: account?.accountNumber ?? null,
      files: {
        panDocument: textOrNull(row, 'pan_document'),
        aadhaarFront: textOrNull(row, 'aadhaar_front'),
        aadhaarBack: textOrNull(row, 'aadhaar_back'),
        bankPassbook: textOrNull(row, 'bank_passbook'),
      },
      row: {
        id: idOf(row),
        userId: idOf(row, 'user_id'),
        status: isComplete ? status : 'rejected',
        ...addressOf(row),
        country: textOf(row, 'country', 100) || 'India',
        bankName: account && textOf(row, 'bank_name', 200),
        ifscCode: account?.ifscCode ?? null,
        accountHolderName: account && textOf(row, 'account_holder_name', 200),
        submittedAt: instantOf(row, 'submitted_at', now),
        reviewedAt: instantOrNull(row, 'reviewed_at') ?? (isComplete ? null : now),
        reviewedById: presentOrNull(members, idOrNull(row, 'reviewed_by_id')),
        rejectionReason: isComplete
          ? textOf(row, 'rejection_reason', 1_000)
          : 'The PAN or Aadhaar number that was submitted before is not valid. Please submit your papers again.',
      },
    }
  })
}

export function presentOrNull(members: ReadonlySet<number>, id: number | null): number | null {
  return id !== null && members.has(id) ? id : null
}

/** The last characters of a number that was left out, so that someone can find it; never the whole. */
function ending(row: LegacyRecord, column: string): string {
  const text = textOf(row, column)
  return text === '' ? 'missing' : `…${text.slice(-4)}`
}

function numberOf(row: LegacyRecord, column: string, isValid: (text: string) => boolean): string | null {
  const text = textOf(row, column).replaceAll(/[\s-]/g, '').toUpperCase()
  return isValid(text) ? text : null
}

/** All four details of an account that nobody submitted before, or none. */
function accountOf(row: LegacyRecord, taken: Set<string>): { accountNumber: string; ifscCode: string } | null {
  const accountNumber = numberOf(row, 'account_number', isAccountNumber)
  const ifscCode = numberOf(row, 'ifsc_code', isIfsc)
  const isNamed = textOf(row, 'bank_name') !== '' && textOf(row, 'account_holder_name') !== ''
  if (accountNumber === null || ifscCode === null || !isNamed || taken.has(accountNumber)) return null
  taken.add(accountNumber)
  return { accountNumber, ifscCode }
}

export type NomineeDraft = {
  readonly row: takeOver.NewRows['nominees']
  readonly idProof: { readonly type: IdProofType; readonly number: string } | null
  readonly file: string | null
}

export function decideNominees(
  rows: readonly LegacyRecord[],
  { members, found, now }: { members: ReadonlySet<number>; found: Discrepancies; now: Date },
): NomineeDraft[] {
  return rows.map((row): NomineeDraft => {
    const subject = `nominee ${idOf(row)} of member ${idOf(row, 'user_id')}`
    const idProof = idProofOf(row)
    if (idProof === null && row['id_proof_number'])
      found.add('nominee.details', subject, { note: `identity number ${ending(row, 'id_proof_number')}` })
    const mobile = mobileOf(row)
    if (mobile === null) found.add('nominee.details', subject, { note: `mobile ${ending(row, 'mobile')}` })
    const createdAt = instantOf(row, 'created_at', now)
    return {
      idProof,
      file: textOrNull(row, 'id_proof_document'),
      row: {
        id: idOf(row),
        userId: idOf(row, 'user_id'),
        fullName: textOf(row, 'full_name', 200),
        relationship: textOf(row, 'relationship', 20),
        dateOfBirth: dateOrNull(row, 'date_of_birth') ?? '',
        mobile: mobile ?? textOf(row, 'mobile', 15),
        email: textOrNull(row, 'email', 254)?.toLowerCase() ?? null,
        ...addressOf(row),
        status: wordOf(reviewStatuses, textOf(row, 'kyc_status')) ?? 'pending',
        submittedAt: instantOf(row, 'kyc_submitted_at', createdAt),
        reviewedAt: instantOrNull(row, 'kyc_verified_at'),
        reviewedById: presentOrNull(members, idOrNull(row, 'kyc_verified_by_id')),
        rejectionReason: textOf(row, 'kyc_rejection_reason', 1_000),
        createdAt,
        updatedAt: instantOf(row, 'updated_at', createdAt),
      },
    }
  })
}

function idProofOf(row: LegacyRecord): NomineeDraft['idProof'] {
  const word = textOf(row, 'id_proof_type').toLowerCase().replaceAll(/[\s-]/g, '_')
  const type = idProofTypes.find((known) => known === word)
  const number = textOf(row, 'id_proof_number').toUpperCase()
  return type && isIdProofNumber(type, number) ? { type, number } : null
}

function mobileOf(row: LegacyRecord): string | null {
  try {
    return parseMobile(textOf(row, 'mobile').replaceAll(/[\s-]/g, ''))
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
