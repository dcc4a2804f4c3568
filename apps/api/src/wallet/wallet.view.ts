import type { AdjustedWallet } from '@ev/application'
import type { wallets, walletTransactions } from '@ev/db'
import { available, walletTransactionTypes } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees, signedRupees } from '../http/index.ts'

/** `available` is the balance less what payouts hold; `emi_reserve` is kept for the next EMI booking; `recoverable` is owed back. */
export const walletView = z
  .object({
    id: idNumber,
    balance: rupees,
    held: rupees,
    available: rupees,
    emi_reserve: rupees,
    recoverable: rupees,
    total_earned: rupees,
    total_withdrawn: rupees,
    updated_at: instant,
  })
  .meta({ id: 'Wallet' })

export function toWalletView(wallet: wallets.WalletRow): z.output<typeof walletView> {
  return {
    id: wallet.id,
    balance: wallet.balance,
    held: wallet.held,
    available: available(wallet),
    emi_reserve: wallet.emiReserve,
    recoverable: wallet.recoverable,
    total_earned: wallet.totalEarned,
    total_withdrawn: wallet.totalWithdrawn,
    updated_at: wallet.updatedAt,
  }
}

/** One row of the statement; the amount is negative when money left the wallet. */
export const walletTransactionView = z
  .object({
    id: idNumber,
    user: idNumber,
    transaction_type: z.enum(walletTransactionTypes),
    amount: signedRupees,
    balance_before: rupees,
    balance_after: rupees,
    description: z.string(),
    reference_type: z.string(),
    reference_id: z.int(),
    created_at: instant,
  })
  .meta({ id: 'WalletTransaction' })

export function toWalletTransactionView(
  row: walletTransactions.WalletTransactionRow,
): z.output<typeof walletTransactionView> {
  return {
    id: row.id,
    user: row.userId,
    transaction_type: row.transactionType,
    amount: row.amount,
    balance_before: row.balanceBefore,
    balance_after: row.balanceAfter,
    description: row.description,
    reference_type: row.referenceType,
    reference_id: row.referenceId,
    created_at: row.createdAt,
  }
}

/** The statement's row of a deposit or an adjustment, and the wallet after it. */
export const adjustedWalletView = walletTransactionView.extend({
  wallet: walletView.meta({ description: 'The wallet afterwards.' }),
})

export function toAdjustedWalletView({ transaction, wallet }: AdjustedWallet): z.output<typeof adjustedWalletView> {
  return { ...toWalletTransactionView(transaction), wallet: toWalletView(wallet) }
}
