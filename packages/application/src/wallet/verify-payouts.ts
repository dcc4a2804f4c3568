import { payoutSums, type Reader } from '@ev/db'
import { adjustmentKey, depositKey, type PayoutStatus, payoutKey, sumPaise } from '@ev/domain'
import type { Findings } from '../verification.ts'

/** Where the hold of a payout stands, and which journal entry has closed it. */
const closing: Readonly<Record<PayoutStatus, { hold: string; step: 'debit' | 'release' | null }>> = {
  pending: { hold: 'active', step: null },
  processing: { hold: 'active', step: null },
  completed: { hold: 'captured', step: 'debit' },
  rejected: { hold: 'released', step: 'release' },
  cancelled: { hold: 'released', step: 'release' },
  failed: { hold: 'released', step: 'release' },
}

/** Compares each payout with its hold and its journal entries, and each batch with its payouts. */
export async function verifyHolds(reader: Reader, found: Findings): Promise<void> {
  for await (const page of payoutSums.payoutPages(reader)) {
    const keys = await payoutSums.payoutEntryKeys(
      reader,
      page.map(({ id }) => id),
    )
    for (const { id, status, requestedAmount, hold } of page) {
      const { hold: state, step } = closing[status]
      found.expectEqual('payout.hold', `payout ${id}`, {
        expected: `${requestedAmount} ${state}`,
        actual: hold ? `${hold.amount} ${hold.status}` : 'none',
      })
      const expected = [payoutKey(id, 'hold'), ...(step ? [payoutKey(id, step)] : [])]
      found.expectEqual('payout.entries', `payout ${id}`, {
        expected: expected.sort().join(' '),
        actual: (keys.get(id) ?? []).sort().join(' '),
      })
    }
  }
  for await (const page of payoutSums.batchPages(reader)) {
    for (const { id, payoutCount, totalAmount, payouts } of page) {
      const subject = `payout batch ${id}`
      found.expectEqual('batch.payouts', subject, { expected: payouts.length, actual: payoutCount })
      found.expectEqual('batch.total', subject, {
        expected: sumPaise(payouts.map(({ transferAmount }) => transferAmount)),
        actual: totalAmount,
      })
    }
  }
}

/** Compares what administrators wrote down with what its journal entries moved. */
export async function verifyAdjustments(reader: Reader, found: Findings): Promise<void> {
  const keyOf = ({ id, kind }: { id: number; kind: 'deposit' | 'adjustment' }) =>
    kind === 'deposit' ? depositKey(id) : adjustmentKey(id)
  for await (const page of payoutSums.adjustmentPages(reader)) {
    const sums = await payoutSums.outsideSums(reader, page.map(keyOf))
    for (const adjustment of page) {
      found.expectEqual('adjustment.entry', `${adjustment.kind} ${adjustment.id} of member ${adjustment.userId}`, {
        expected: adjustment.amount,
        actual: sums.get(keyOf(adjustment)) ?? 0n,
      })
    }
  }
}
