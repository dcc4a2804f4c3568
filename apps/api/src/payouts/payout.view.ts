import type { payouts } from '@ev/db'
import { nextPayoutStatuses, type PayoutAmounts, payoutStatuses } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'

/** A payout; `requested_amount` is `transfer_amount`, `emi_amount` and `tds_amount` together. The account number is masked. */
export const payoutView = z
  .object({
    id: idNumber,
    user: idNumber,
    requested_amount: rupees,
    tds_amount: rupees,
    net_amount: rupees,
    emi_auto_filled: z.boolean(),
    emi_amount: rupees,
    transfer_amount: rupees,
    status: z.enum(payoutStatuses),
    next_statuses: z.array(z.enum(payoutStatuses)),
    bank_name: z.string(),
    account_number: z.string(),
    ifsc_code: z.string(),
    account_holder_name: z.string(),
    bank_reference: z.string().nullable(),
    batch: idNumber
      .nullable()
      .meta({ description: 'The batch whose bank file it goes by; null when it goes by itself.' }),
    failure_reason: z.string(),
    created_at: instant,
    processed_at: instant.nullable(),
    completed_at: instant.nullable(),
  })
  .meta({ id: 'Payout' })

export function toPayoutView(payout: payouts.PayoutRow): z.output<typeof payoutView> {
  return {
    id: payout.id,
    user: payout.userId,
    requested_amount: payout.requestedAmount,
    tds_amount: payout.tdsAmount,
    net_amount: payout.netAmount,
    emi_auto_filled: payout.emiAutoFilled,
    emi_amount: payout.emiAmount,
    transfer_amount: payout.transferAmount,
    status: payout.status,
    next_statuses: [...nextPayoutStatuses(payout.status)],
    bank_name: payout.bankName,
    account_number: `XXXXXX${payout.accountNumberLast4}`,
    ifsc_code: payout.ifscCode,
    account_holder_name: payout.accountHolderName,
    bank_reference: payout.bankReference,
    batch: payout.batchId,
    failure_reason: payout.failureReason,
    created_at: payout.createdAt,
    processed_at: payout.processedAt,
    completed_at: payout.completedAt,
  }
}

/** One part of a completed payout; the parts add up to what was requested. */
export const payoutTransactionView = z
  .object({
    id: idNumber,
    payout: idNumber,
    user: idNumber,
    transaction_type: z.enum(['payout', 'tds', 'emi_auto_fill']),
    amount: rupees,
    description: z.string(),
    created_at: instant,
  })
  .meta({ id: 'PayoutTransaction' })

export function toPayoutTransactionView(row: payouts.PayoutTransactionRow): z.output<typeof payoutTransactionView> {
  return {
    id: row.id,
    payout: row.payoutId,
    user: row.userId,
    transaction_type: row.transactionType,
    amount: row.amount,
    description: row.description,
    created_at: row.createdAt,
  }
}

/** How an amount would divide. */
export const payoutPreviewView = payoutView.pick({
  requested_amount: true,
  tds_amount: true,
  net_amount: true,
  emi_amount: true,
  transfer_amount: true,
})

export function toPayoutPreviewView(amounts: PayoutAmounts): z.output<typeof payoutPreviewView> {
  return {
    requested_amount: amounts.requested,
    tds_amount: amounts.tds,
    net_amount: amounts.net,
    emi_amount: amounts.emi,
    transfer_amount: amounts.transfer,
  }
}
