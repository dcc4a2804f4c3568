import { kyc, type Tx, users } from '@ev/db'
import { DomainError, submitKyc as decideSubmission, type KycFileName, kycFileNames } from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'
import type { BankAccount } from '../payouts/request-payout.ts'
import { tell } from '../tell.ts'
import { forgetFiles, type KeptFile, type SentFile, withKeptFiles } from './kept-files.ts'
import { sealNumber } from './sealed-number.ts'

export type PostalAddress = {
  readonly addressLine1: string
  readonly addressLine2: string
  readonly city: string
  readonly state: string
  readonly pincode: string
}

export type SubmitKyc = {
  readonly actor: Actor
  readonly panNumber: string
  readonly aadhaarNumber: string
  readonly address: PostalAddress & { readonly country: string }
  readonly bankAccount: BankAccount | null
  /** A file that is null stays as it was submitted before. */
  readonly files: Readonly<Record<KycFileName, SentFile | null>>
}

/** In which column the key of each file stands. */
export const kycFileColumns = {
  pan_document: 'panDocument',
  aadhaar_front: 'aadhaarFront',
  aadhaar_back: 'aadhaarBack',
} as const satisfies Record<KycFileName, keyof kyc.KycRow>

/** Where an identity number of a member's identity check stands. */
export const kycPlace = (userId: number, number: 'pan' | 'aadhaar' | 'account_number'): string =>
  `kyc:${userId}:${number}`

/**
 * Submits one's own identity papers, or submits them again after a rejection; `isFirst` says which. The numbers have been checked by their form. Refuses
 * with `validation.failed` naming a file that cannot be kept, `kyc.read_only` when they are approved, `kyc.transition_refused` while they wait for their review, and `kyc.number_taken` naming a
 * number that another member has submitted.
 */
export function submitKyc(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'encryption' | 'hash' | 'files' | 'log'>,
  command: SubmitKyc,
): Promise<{ row: kyc.KycRow; isFirst: boolean }> {
  return withKeptFiles(deps, { folder: 'kyc', sent: command.files }, async (kept) => {
    const { row, current } = await saveSubmission(deps, command, kept)
    const replaced = kycFileNames.filter((name) => kept[name] !== null).map((name) => current?.[kycFileColumns[name]])
    await forgetFiles(deps, replaced)
    return { row, isFirst: current === null }
  })
}

function saveSubmission(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'encryption' | 'hash'>,
  command: SubmitKyc,
  kept: Readonly<Record<KycFileName, KeptFile | null>>,
): Promise<{ row: kyc.KycRow; current: kyc.KycRow | null }> {
  const { userId } = command.actor
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    await users.lock(tx, userId)
    const current = await kyc.findOfUser(tx, userId)
    const review = decideSubmission(current, now)
    const numbers = numberColumns(deps, command)
    await requireOwnNumbers(tx, userId, numbers)
    const row = await kyc.save(tx, {
      userId,
      ...review,
      ...command.address,
      ...numbers,
      panDocument: kept.pan_document?.key ?? current?.panDocument ?? null,
      aadhaarFront: kept.aadhaar_front?.key ?? current?.aadhaarFront ?? null,
      aadhaarBack: kept.aadhaar_back?.key ?? current?.aadhaarBack ?? null,
    })
    await tell(tx, deps, 'kyc.submitted', { kycId: row.id })
    return { row, current }
  })
}

function numberColumns(
  deps: Pick<Deps, 'encryption' | 'hash'>,
  { actor: { userId }, panNumber, aadhaarNumber, bankAccount }: SubmitKyc,
) {
  const seal = (kind: 'pan' | 'aadhaar' | 'account_number', number: string) =>
    sealNumber(deps, { number, kind, place: kycPlace(userId, kind) })
  const pan = seal('pan', panNumber)
  const aadhaar = seal('aadhaar', aadhaarNumber)
  const account = bankAccount ? seal('account_number', bankAccount.accountNumber) : null
  return {
    panEncrypted: pan.encrypted,
    panHash: pan.hash,
    panLast4: pan.last4,
    aadhaarEncrypted: aadhaar.encrypted,
    aadhaarHash: aadhaar.hash,
    aadhaarLast4: aadhaar.last4,
    bankName: bankAccount?.bankName ?? null,
    accountNumberEncrypted: account?.encrypted ?? null,
    accountNumberHash: account?.hash ?? null,
    accountNumberLast4: account?.last4 ?? null,
    ifscCode: bankAccount?.ifscCode ?? null,
    accountHolderName: bankAccount?.accountHolderName ?? null,
  }
}

const fieldOf = {
  panHash: 'pan_number',
  aadhaarHash: 'aadhaar_number',
  accountNumberHash: 'account_number',
} as const satisfies Record<keyof kyc.NumberHashes, string>

async function requireOwnNumbers(tx: Tx, userId: number, hashes: kyc.NumberHashes): Promise<void> {
  const taken = await kyc.takenNumber(tx, userId, hashes)
  if (taken !== null) throw new DomainError('kyc.number_taken', {}, fieldOf[taken])
}
