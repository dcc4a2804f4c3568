import type { payouts } from '@ev/db'
import type { Payout } from '@ev/domain'

/** The payout as the rules see it. */
export function toPayout(row: payouts.PayoutRow): Payout {
  return {
    id: row.id,
    userId: row.userId,
    status: row.status,
    amounts: {
      requested: row.requestedAmount,
      tds: row.tdsAmount,
      net: row.netAmount,
      emi: row.emiAmount,
      transfer: row.transferAmount,
    },
    bankReference: row.bankReference,
    failureReason: row.failureReason || null,
    createdAt: row.createdAt,
    processedAt: row.processedAt,
    completedAt: row.completedAt,
  }
}
