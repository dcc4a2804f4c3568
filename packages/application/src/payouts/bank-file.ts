import { payoutBatches } from '@ev/db'
import { DomainError, formatRupees, type Paise, sumPaise, type TransferMode, transferMode } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { accountContext } from './request-payout.ts'
import { transferReference } from './transfer-payout.ts'

/** One transfer of a bank file; the only place where an account number is shown in clear. */
export type BankFileLine = {
  readonly reference: string
  readonly beneficiaryName: string
  readonly accountNumber: string
  readonly ifscCode: string
  readonly bankName: string
  readonly amount: Paise
  readonly mode: TransferMode
}

/**
 * The transfers of a batch that still wait for their result, for upload to the bank; what has a result is left out, so that a file that is
 * downloaded again does not pay anyone twice. Written into the audit log. Refuses with `payout.batch_not_found`, and `payout.batch_settled` when
 * nothing waits any more.
 */
export function readBankFile(
  { db, clock, encryption }: Pick<Deps, 'db' | 'clock' | 'encryption'>,
  { actor, batchId }: { actor: Actor; batchId: number },
): Promise<BankFileLine[]> {
  return db.transaction(async (tx) => {
    await payoutBatches.get(tx, batchId)
    const waiting = (await payoutBatches.payoutsOf(tx, batchId)).filter(({ status }) => status === 'processing')
    if (waiting.length === 0) throw new DomainError('payout.batch_settled')
    await recordAudit(
      tx,
      { clock },
      {
        actorId: actor.userId,
        action: 'payout.batch_file_downloaded',
        subject: { type: 'payout_batch', id: batchId },
        details: {
          payouts: waiting.length,
          total_amount: formatRupees(sumPaise(waiting.map(({ transferAmount }) => transferAmount))),
        },
      },
    )
    return waiting.map((row) => ({
      reference: transferReference(row.id),
      beneficiaryName: row.accountHolderName,
      accountNumber: encryption.decrypt({
        ciphertext: row.accountNumberEncrypted,
        context: accountContext(row.userId),
      }),
      ifscCode: row.ifscCode,
      bankName: row.bankName,
      amount: row.transferAmount,
      mode: transferMode(row.transferAmount),
    }))
  })
}
