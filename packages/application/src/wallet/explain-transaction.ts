import { plans, walletOrigins, walletTransactions } from '@ev/db'
import { type Actor, type Deps, ownerUnlessAdmin } from '../deps.ts'
import { explainBonus, explainBonusReversal } from './explanation/explain-bonus.ts'
import { explainPairRow } from './explanation/explain-pair-row.ts'
import {
  explainAdjustment,
  explainBookingPayment,
  explainClosing,
  explainRefund,
} from './explanation/explain-payment.ts'
import { explainPayoutRow } from './explanation/explain-payout-row.ts'
import { explainRecovery } from './explanation/explain-recovery.ts'
import type { Explained, Subject } from './explanation/subject.ts'

export type TransactionExplanation = Explained & {
  readonly transaction: walletTransactions.WalletTransactionRow
  readonly entry: walletOrigins.EntryOfRow
}

/**
 * Why a row stands in a statement: what lies behind it, the arithmetic by the plan that was in effect, and its journal entry. Refuses with
 * `wallet.transaction_not_found`, for anyone else's as well unless the actor is an admin.
 */
export async function explainTransaction(
  { db: { read } }: Pick<Deps, 'db'>,
  { actor, transactionId }: { actor: Actor; transactionId: number },
): Promise<TransactionExplanation> {
  const row = await walletTransactions.get(read, transactionId, { ownedBy: ownerUnlessAdmin(actor) })
  const entry = await walletOrigins.entryOfRow(read, { id: row.journalEntryId, userId: row.userId })
  const plan = entry.planVersion === null ? null : await plans.version(read, entry.planVersion)
  return { transaction: row, entry, ...(await explain({ reader: read, actor, row, entry, plan })) }
}

function explain(subject: Subject): Promise<Explained> {
  const { transactionType: type, referenceType } = subject.row
  if (type === 'RECOVERY') return explainRecovery(subject)
  switch (referenceType) {
    case 'payment':
      if (type === 'REFERRAL_BONUS') return explainBonus(subject)
      return type === 'REVERSAL' ? explainBonusReversal(subject) : explainBookingPayment(subject)
    case 'pair':
      return explainPairRow(subject)
    case 'payout':
      return explainPayoutRow(subject)
    case 'refund':
      return explainRefund(subject)
    case 'booking':
      return explainClosing(subject)
    case 'deposit':
    case 'adjustment':
      return explainAdjustment(subject)
    default:
      throw new Error(`Nothing explains a row about a ${referenceType}.`)
  }
}
