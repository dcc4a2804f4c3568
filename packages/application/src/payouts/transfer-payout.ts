import { ledger, payouts, type Tx, tdsRecords, users } from '@ev/db'
import { completePayout, financialYear, payoutTransactions, quarter } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import type { TransferResult } from './bank.ts'
import { toPayout } from './payout-row.ts'
import { releasePayout } from './release-payout.ts'
import { accountContext } from './request-payout.ts'

/** What a bank and a bank file call the transfer of a payout: the same for every attempt. */
export const transferReference = (payoutId: number): string => `payout-${payoutId}`

const transferReferenceForm = /^payout-([1-9]\d{0,9})$/
const greatestId = 2_147_483_647

/** The payout that a reference names; null when it is not one of ours. */
export function payoutIdOf(reference: string): number | null {
  const id = Number(transferReferenceForm.exec(reference)?.[1] ?? 0)
  return id > 0 && id <= greatestId ? id : null
}

/** What came of asking the bank; `not_asked` when the payout is not the bank port's to send now. */
export type TransferOutcome =
  | TransferResult
  | { readonly state: 'not_asked' }
  | { readonly state: 'nothing_to_transfer' }

/**
 * Asks the bank for the transfer of an approved payout, or how far it is, outside any transaction. The payout's own reference makes asking again
 * harmless. The payouts of a batch go by its file and are never sent from here.
 */
export async function orderTransfer(
  { db, bank, encryption }: Pick<Deps, 'db' | 'bank' | 'encryption'>,
  { payoutId }: { payoutId: number },
): Promise<TransferOutcome> {
  const row = await payouts.get(db.read, payoutId, { ownedBy: null })
  if (row.status !== 'processing' || row.batchId !== null) return { state: 'not_asked' }
  if (row.transferAmount === 0n) return { state: 'nothing_to_transfer' }
  if (row.bankTransferId !== null) return bank.lookUp(row.bankTransferId)
  return bank.transfer({
    reference: transferReference(row.id),
    amount: row.transferAmount,
    accountNumber: encryption.decrypt({ ciphertext: row.accountNumberEncrypted, context: accountContext(row.userId) }),
    ifscCode: row.ifscCode,
    accountHolderName: row.accountHolderName,
  })
}

/**
 * Writes down what came of it: the payout is completed, with wallet, tax and EMI posted together, or its hold is released, or it waits on under
 * the bank's own name for the transfer. A payout that is not being processed any more stays as it is.
 */
export async function settleTransfer(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { payoutId, result }: { payoutId: number; result: TransferOutcome },
): Promise<void> {
  const row = await payouts.lock(tx, payoutId, { ownedBy: null })
  if (row.status !== 'processing') return
  switch (result.state) {
    case 'not_asked':
      return
    case 'underway':
      await payouts.update(tx, row.id, { bankTransferId: result.transferId, updatedAt: deps.clock.now() })
      return
    case 'refused':
      await users.lock(tx, row.userId)
      await releasePayout(tx, deps, { row, to: 'failed', reason: result.reason, actorId: null })
      return
    case 'processed':
      await users.lock(tx, row.userId)
      return complete(tx, deps, { row, bankReference: result.bankReference })
    case 'nothing_to_transfer':
      await users.lock(tx, row.userId)
      return complete(tx, deps, { row, bankReference: null })
  }
}

async function complete(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { row, bankReference }: { row: payouts.PayoutRow; bankReference: string | null },
): Promise<void> {
  const now = deps.clock.now()
  const { payout, journal } = completePayout(toPayout(row), bankReference, now)
  await ledger.post(tx, journal, { now, planVersion: row.planVersion })
  await payouts.closeHold(tx, { payoutId: row.id, status: 'captured', now })
  await payouts.insertTransactions(tx, row, payoutTransactions(payout), now)
  await tdsRecords.add(tx, {
    userId: row.userId,
    financialYear: financialYear(now),
    quarter: quarter(now),
    requested: payout.amounts.requested,
    tds: payout.amounts.tds,
    now,
  })
  await payouts.update(tx, row.id, {
    status: payout.status,
    bankReference: payout.bankReference,
    completedAt: payout.completedAt,
    updatedAt: now,
  })
  await tell(tx, deps, 'payout.completed', { payoutId: row.id })
}
