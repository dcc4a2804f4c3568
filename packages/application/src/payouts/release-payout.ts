import { ledger, payouts, type Tx } from '@ev/db'
import { releasePayout as decideRelease } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import { toPayout } from './payout-row.ts'

/** How a payout can end without being paid, each told by its own message. */
export type ReleasedState = 'rejected' | 'cancelled' | 'failed'

/**
 * Ends a locked payout without paying it, gives its hold back in full, and tells of it. Refuses with `payout.transition_refused` from any state that
 * does not lead there.
 */
export async function releasePayout(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { row, to, reason, actorId }: { row: payouts.PayoutRow; to: ReleasedState; reason: string; actorId: number | null },
): Promise<payouts.PayoutRow> {
  const now = deps.clock.now()
  const { payout, journal } = decideRelease(toPayout(row), { to, reason })
  await ledger.post(tx, journal, { now, actorId, planVersion: row.planVersion })
  await payouts.closeHold(tx, { payoutId: row.id, status: 'released', now })
  const released = await payouts.update(tx, row.id, { status: payout.status, failureReason: reason, updatedAt: now })
  await tell(tx, deps, `payout.${to}`, { payoutId: row.id })
  return released
}
