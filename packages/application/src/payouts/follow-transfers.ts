import { payouts } from '@ev/db'
import type { Deps } from '../deps.ts'
import { forEachRow } from '../maintenance/for-each-row.ts'
import { orderTransfer, settleTransfer } from './transfer-payout.ts'

const pageSize = 100

/**
 * Looks up the transfers that the bank has taken and not finished, those first that were not looked at longest. Answers how many were asked about. The
 * bank's own events usually come earlier.
 */
export async function followTransfers(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'bank' | 'encryption' | 'log'>,
): Promise<number> {
  const ids = await payouts.findUnderway(deps.db.read, { limit: pageSize })
  return forEachRow(deps, {
    what: 'follow transfer',
    ids,
    work: async (payoutId) => {
      const result = await orderTransfer(deps, { payoutId }).catch(async (error: unknown) => {
        await lookedAt(deps, payoutId)
        throw error
      })
      await deps.db.transaction((tx) => settleTransfer(tx, deps, { payoutId, result }))
      return true
    },
  })
}

/** A transfer that the bank says nothing about takes its place behind the others, so that it cannot keep them from being looked up. */
function lookedAt({ db, clock }: Pick<Deps, 'db' | 'clock'>, payoutId: number): Promise<void> {
  return db.transaction(async (tx) => {
    await payouts.update(tx, payoutId, { updatedAt: clock.now() })
  })
}
