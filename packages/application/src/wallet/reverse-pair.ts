import { earnings, ledger, network, type Tx, users, wallets } from '@ev/db'
import { reversePair as decideReversal } from '@ev/domain'
import type { Deps } from '../deps.ts'

/**
 * Takes the earning of a reversed pair back from its earner. A pair that was not credited has nothing to take back and is never credited,
 * because `creditPair` looks under the same lock; one whose earning was taken back before is left as it is.
 */
export async function reversePair(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { pairId }: { pairId: number },
): Promise<void> {
  const now = clock.now()
  const pair = await network.lockPair(tx, pairId)
  const earning = await earnings.find(tx, pairId)
  if (pair.status !== 'reversed' || earning === null || earning.reversedAmount > 0n) return
  const { userId, pairNumber, planVersion } = pair
  await users.lock(tx, userId)
  const journal = decideReversal(
    { pairId, pairNumber, userId, earning: earning.amount, emiDeducted: earning.emiDeducted },
    await wallets.lock(tx, userId),
  )
  await ledger.post(tx, journal, { now, planVersion })
  await earnings.markReversed(tx, earning)
}
