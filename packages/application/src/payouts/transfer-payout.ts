import { ledger, payouts, type Tx, tdsRecords, users } from '@ev/db'
import { completePayout, financialYear, payoutTransactions, quarter, releasePayout } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import type { TransferResult } from './bank.ts'
import { toPayout } from './payout-row.ts'
import { accountContext } from './request-payout.ts'

/**
 * Asks the bank for the transfer of an approved payout, outside any transaction. The payout's own reference makes asking again harmless.
 * Null when there is nothing to ask: the payout is not being processed, or the EMI and the tax take all of it.
 */
export async function orderTransfer(
  { db, bank, encryption }: Pick<Deps, 'db' | 'bank' | 'encryption'>,
  { payoutId }: { payoutId: number },
): Promise<TransferResult | null> {
  const row = await payouts.get(db.read, payoutId, { ownedBy: null })
  if (row.status !== 'processing' || row.transferAmount === 0n) return null
  return bank.transfer({
    reference: `payout-${row.id}`,
    amount: row.transferAmount,
    accountNumber: encryption.decrypt({ ciphertext: row.accountNumberEncrypted, context: accountContext(row.userId) }),
    ifscCode: row.ifscCode,
    accountHolderName: row.accountHolderName,
  })
}

/** Writes down what the bank answered: the payout is completed, with wallet, tax and EMI posted together, or its hold is released. */
export async function settleTransfer(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { payoutId, result }: { payoutId: number; result: TransferResult | null },
): Promise<void> {
  const row = await payouts.lock(tx, payoutId, { ownedBy: null })
  if (row.status !== 'processing') return
  await users.lock(tx, row.userId)
  if (result?.state === 'refused') await fail(tx, deps, { row, reason: result.reason })
  else await complete(tx, deps, { row, bankReference: result?.bankReference ?? null })
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

async function fail(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { row, reason }: { row: payouts.PayoutRow; reason: string },
): Promise<void> {
  const now = deps.clock.now()
  const { payout, journal } = releasePayout(toPayout(row), { to: 'failed', reason })
  await ledger.post(tx, journal, { now, planVersion: row.planVersion })
  await payouts.closeHold(tx, { payoutId: row.id, status: 'released', now })
  await payouts.update(tx, row.id, { status: payout.status, failureReason: reason, updatedAt: now })
  await tell(tx, deps, 'payout.failed', { payoutId: row.id })
}
