import type { takeOver } from '@ev/db'
import type { Deps } from '../../deps.ts'
import { type NumberKind, type SealedNumber, sealNumber } from '../../kyc/sealed-number.ts'
import { kycPlace } from '../../kyc/submit-kyc.ts'
import { nomineePlace } from '../../nominees/submit-nominee.ts'
import { accountContext } from '../../payouts/request-payout.ts'
import type { KycDraft, NomineeDraft } from '../decide/papers.ts'
import type { PayoutDraft } from '../decide/payouts.ts'
import type { KeptFiles } from './take-files.ts'

// Numbers of people and accounts as this platform keeps them: encrypted for their place, and hashed under its own key.

type Sealing = Pick<Deps, 'encryption' | 'hash'>

export function kycRow(
  deps: Sealing,
  { row, pan, aadhaar, accountNumber }: KycDraft,
  files: KeptFiles<KycDraft>,
): takeOver.NewRows['kyc'] {
  const { userId } = row
  const seal = (kind: 'pan' | 'aadhaar' | 'account_number', number: string | null) =>
    sealed(deps, { number, kind, place: kycPlace(userId, kind) })
  const [ofPan, ofAadhaar, ofAccount] = [
    seal('pan', pan),
    seal('aadhaar', aadhaar),
    seal('account_number', accountNumber),
  ]
  return {
    ...row,
    ...files,
    panEncrypted: ofPan?.encrypted ?? null,
    panHash: ofPan?.hash ?? null,
    panLast4: ofPan?.last4 ?? null,
    aadhaarEncrypted: ofAadhaar?.encrypted ?? null,
    aadhaarHash: ofAadhaar?.hash ?? null,
    aadhaarLast4: ofAadhaar?.last4 ?? null,
    accountNumberEncrypted: ofAccount?.encrypted ?? null,
    accountNumberHash: ofAccount?.hash ?? null,
    accountNumberLast4: ofAccount?.last4 ?? null,
  }
}

export function nomineeRow(
  deps: Sealing,
  { row, idProof }: NomineeDraft,
  idProofDocument: string | null,
): takeOver.NewRows['nominees'] {
  const number =
    idProof && sealNumber(deps, { number: idProof.number, kind: idProof.type, place: nomineePlace(row.userId) })
  return {
    ...row,
    idProofDocument,
    idProofType: idProof?.type ?? null,
    idProofNumberEncrypted: number?.encrypted ?? null,
    idProofNumberHash: number?.hash ?? null,
    idProofNumberLast4: number?.last4 ?? null,
  }
}

export function payoutRow(deps: Sealing, { row, accountNumber }: PayoutDraft): takeOver.NewRows['payouts'] {
  const number = sealNumber(deps, { number: accountNumber, kind: 'account_number', place: accountContext(row.userId) })
  return {
    ...row,
    accountNumberEncrypted: number.encrypted,
    accountNumberHash: number.hash,
    accountNumberLast4: number.last4,
  }
}

function sealed(
  deps: Sealing,
  { number, kind, place }: { number: string | null; kind: NumberKind; place: string },
): SealedNumber | null {
  return number === null ? null : sealNumber(deps, { number, kind, place })
}
