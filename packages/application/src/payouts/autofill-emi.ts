import { payouts, type Tx } from '@ev/db'
import { drawEmiReserve } from '../bookings/draw-emi-reserve.ts'
import type { Deps } from '../deps.ts'

/**
 * Pays the EMI part of a completed payout into the member's oldest open EMI booking. The part has stood in the EMI reserve since the payout
 * was completed; what the booking no longer owes stays there for the next one.
 */
export async function autofillEmi(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { payoutId }: { payoutId: number },
): Promise<void> {
  const { userId, emiAmount } = await payouts.get(tx, payoutId, { ownedBy: null })
  if (emiAmount > 0n) await drawEmiReserve(tx, deps, { userId })
}
