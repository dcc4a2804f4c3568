import type { earnings, network } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'

/**
 * A matched pair; `pair_month` (1 to 12) and `pair_year` are those in India when it was matched. A reversed one has lost a member's sale: its
 * earning is taken back, or never credited when `processed_at` is null.
 */
export const pairView = z
  .object({
    id: idNumber,
    user: idNumber,
    left_user: idNumber,
    right_user: idNumber,
    pair_number: z.int(),
    pair_amount: rupees,
    earning_amount: rupees,
    status: z.enum(['matched', 'processed', 'reversed']),
    pair_month: z.int().min(1).max(12),
    pair_year: z.int(),
    created_at: instant,
    matched_at: instant,
    processed_at: instant.nullable(),
    reversed_at: instant.nullable(),
  })
  .meta({ id: 'Pair' })

export function toPairView(pair: network.PairRow): z.output<typeof pairView> {
  const [year, month] = pair.month.split('-').map(Number)
  return {
    id: pair.id,
    user: pair.userId,
    left_user: pair.leftUserId,
    right_user: pair.rightUserId,
    pair_number: pair.pairNumber,
    pair_amount: pair.pairAmount,
    earning_amount: pair.earningAmount,
    status: pair.status,
    pair_month: month ?? 0,
    pair_year: year ?? 0,
    created_at: pair.createdAt,
    matched_at: pair.matchedAt,
    processed_at: pair.processedAt,
    reversed_at: pair.reversedAt,
  }
}

/** What a pair earned: `net_amount` reached the wallet, `emi_deducted` went to the member's EMI. `reversed_amount` was taken back. */
export const earningView = z
  .object({
    id: idNumber,
    binary_pair: idNumber,
    pair_number: z.int(),
    amount: rupees,
    emi_deducted: rupees,
    net_amount: rupees,
    reversed_amount: rupees,
    created_at: instant,
  })
  .meta({ id: 'Earning' })

export function toEarningView(earning: earnings.EarningRow): z.output<typeof earningView> {
  return {
    id: earning.id,
    binary_pair: earning.pairId,
    pair_number: earning.pairNumber,
    amount: earning.amount,
    emi_deducted: earning.emiDeducted,
    net_amount: earning.netAmount,
    reversed_amount: earning.reversedAmount,
    created_at: earning.createdAt,
  }
}
