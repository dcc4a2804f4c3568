import { payoutBatches, type payouts } from '@ev/db'
import { approvePayout, DomainError, type DomainErrorCode, formatRupees, isDomainError, sumPaise } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tellAll } from '../tell.ts'
import { toPayout } from './payout-row.ts'

/** The most payouts of one batch, and so of one bank file. */
export const mostOfBatch = 500

/** A payout that did not go into the batch, and why. */
export type SkippedPayout = { readonly payoutId: number; readonly code: DomainErrorCode; readonly reason: string }

export type CreatedBatch = {
  readonly batch: payoutBatches.PayoutBatchRow
  readonly skipped: readonly SkippedPayout[]
}

/**
 * Approves payouts into one batch for one bank file: those that are named, or every pending one, oldest first, at most 500. What cannot go into it is
 * skipped and named: one's own, one that is not pending, one that is not there, one with nothing to transfer. Refuses with `payout.batch_empty` when
 * nothing is left.
 */
export function createBatch(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, payoutIds, idempotency }: { actor: Actor; payoutIds: readonly number[] | null; idempotency: Idempotency },
): Promise<Answer<CreatedBatch>> {
  return answerOnce(deps, idempotency, async (tx) => {
    const now = deps.clock.now()
    const wanted = [...new Set(payoutIds ?? (await payoutBatches.pendingIds(tx, mostOfBatch)))]
    const rows = await payoutBatches.lockPayouts(tx, wanted)
    const skipped = [...absent(wanted, rows), ...rows.flatMap((row) => refusalOf(row, { actor, now }))]
    const left = new Set(skipped.map(({ payoutId }) => payoutId))
    const accepted = rows.filter(({ id }) => !left.has(id))
    if (accepted.length === 0) throw new DomainError('payout.batch_empty')
    const totalAmount = sumPaise(accepted.map(({ transferAmount }) => transferAmount))
    const batch = await payoutBatches.insert(tx, {
      createdById: actor.userId,
      payoutCount: accepted.length,
      totalAmount,
      createdAt: now,
    })
    const ids = accepted.map(({ id }) => id)
    await payoutBatches.approveInto(tx, ids, { batchId: batch.id, approvedById: actor.userId, now })
    await tellAll(
      tx,
      deps,
      'payout.approved',
      ids.map((payoutId) => ({ payoutId })),
    )
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'payout.batch_created',
      subject: { type: 'payout_batch', id: batch.id },
      details: { payouts: ids.length, total_amount: formatRupees(totalAmount), skipped: skipped.length },
    })
    return { batch, skipped }
  })
}

function absent(wanted: readonly number[], rows: readonly payouts.PayoutRow[]): SkippedPayout[] {
  const found = new Set(rows.map(({ id }) => id))
  return wanted
    .filter((id) => !found.has(id))
    .map((payoutId) => ({ payoutId, code: 'payout.not_found', reason: 'There is no such payout.' }))
}

function refusalOf(row: payouts.PayoutRow, { actor, now }: { actor: Actor; now: Date }): SkippedPayout[] {
  const skip = (code: DomainErrorCode, reason: string): SkippedPayout[] => [{ payoutId: row.id, code, reason }]
  try {
    approvePayout(toPayout(row), { approverId: actor.userId }, now)
  } catch (error) {
    if (!isDomainError(error)) throw error
    if (error.code === 'payout.self_approval') return skip(error.code, 'Nobody approves their own payout.')
    return skip(error.code, `The payout is ${row.status}.`)
  }
  if (row.transferAmount > 0n) return []
  return skip('payout.nothing_to_transfer', 'Tax and EMI take all of it; process it by itself.')
}
