import { kyc, nominees, type Tx, users } from '@ev/db'
import { submitNominee as decideSubmission, type IdProofType, type Likeness } from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'
import { forgetFiles, type SentFile, withKeptFiles } from '../kyc/kept-files.ts'
import { sealNumber } from '../kyc/sealed-number.ts'
import type { PostalAddress } from '../kyc/submit-kyc.ts'

export type SubmitNominee = {
  readonly actor: Actor
  readonly fullName: string
  readonly relationship: string
  readonly dateOfBirth: string
  /** In E.164. */
  readonly mobile: string
  readonly email: string | null
  readonly address: PostalAddress
  readonly idProof: { readonly type: IdProofType; readonly number: string } | null
  readonly idProofDocument: SentFile | null
}

/** Where the identity number of a member's nominee stands. */
export const nomineePlace = (userId: number): string => `nominee:${userId}:id_proof_number`

/**
 * Names one's nominee, or puts another in the place of one who is not approved; `isFirst` says which. Refuses with `nominee.read_only` when
 * the nominee is approved, `nominee.is_member` naming what says that both are one person, `validation.failed` on `date_of_birth`
 * or on a file that cannot be kept.
 */
export function submitNominee(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'encryption' | 'hash' | 'files' | 'log'>,
  command: SubmitNominee,
): Promise<{ row: nominees.NomineeRow; isFirst: boolean }> {
  const sent = { id_proof_document: command.idProofDocument }
  return withKeptFiles(deps, { folder: 'nominees', sent }, async (kept) => {
    const { row, current } = await saveSubmission(deps, command, kept.id_proof_document?.key ?? null)
    await forgetFiles(deps, [current?.idProofDocument])
    return { row, isFirst: current === null }
  })
}

function saveSubmission(
  deps: Pick<Deps, 'db' | 'clock' | 'encryption' | 'hash'>,
  command: SubmitNominee,
  idProofDocument: string | null,
): Promise<{ row: nominees.NomineeRow; current: nominees.NomineeRow | null }> {
  const { userId } = command.actor
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    await users.lock(tx, userId)
    const current = await nominees.findOfUser(tx, userId)
    const proof = proofColumns(deps, command)
    const nominee = {
      mobile: command.mobile,
      email: command.email,
      idNumberHashes: proof.idProofNumberHash === null ? [] : [proof.idProofNumberHash],
      dateOfBirth: command.dateOfBirth,
    }
    const review = decideSubmission(current, nominee, await memberLikeness(tx, userId), now)
    const { fullName, relationship, dateOfBirth, mobile, email, address } = command
    const row = await nominees.save(tx, {
      userId,
      ...review,
      ...{ fullName, relationship, dateOfBirth, mobile, email, ...address },
      ...proof,
      idProofDocument,
      createdAt: now,
      updatedAt: now,
    })
    return { row, current }
  })
}

function proofColumns(
  deps: Pick<Deps, 'encryption' | 'hash'>,
  { actor: { userId }, idProof }: Pick<SubmitNominee, 'actor' | 'idProof'>,
) {
  const sealed = idProof
    ? sealNumber(deps, { number: idProof.number, kind: idProof.type, place: nomineePlace(userId) })
    : null
  return {
    idProofType: idProof?.type ?? null,
    idProofNumberEncrypted: sealed?.encrypted ?? null,
    idProofNumberHash: sealed?.hash ?? null,
    idProofNumberLast4: sealed?.last4 ?? null,
  }
}

/** By what a member is told from the nominee: contact data, and the numbers of the identity check if there is one. */
export async function memberLikeness(tx: Tx, userId: number): Promise<Likeness> {
  const { mobile, email } = await users.get(tx, userId)
  const papers = await kyc.findOfUser(tx, userId)
  const idNumberHashes = [papers?.panHash ?? null, papers?.aadhaarHash ?? null].filter((hash) => hash !== null)
  return { mobile, email, idNumberHashes }
}
