import type { network } from '@ev/db'
import { formatInr, formatIst } from '@ev/domain'

/** Why a pair was reversed and what that means, in sentences; none while it stands. */
export function reversalReasons(pair: network.PairRow): string[] {
  const { reversedAt, reversedSide, processedAt, earningAmount } = pair
  if (reversedAt === null) return []
  return [
    `The pair was reversed on ${formatIst(reversedAt)} IST: its member of the ${reversedSide} leg, who counted because of a sale, was no longer an Active Buyer.`,
    processedAt === null
      ? `Its earning of ${formatInr(earningAmount)} had not been credited and will not be.`
      : `Its whole earning of ${formatInr(earningAmount)} is taken back: what of its EMI deduction still lies in the EMI reserve from there, the rest from the wallet, and what the wallet does not have from later credits.`,
    'The other member is free for another pair. The number of a reversed pair and its place in the limit of its month stay taken.',
  ]
}
