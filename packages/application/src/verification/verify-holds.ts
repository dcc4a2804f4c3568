import { payoutFigures, type Reader, takeOver } from '@ev/db'
import { type PayoutStatus, payoutKey, sumPaise } from '@ev/domain'
import type { Findings } from './findings.ts'

/** Where the hold of a payout stands, and which journal entry has closed it. */
const closing: Readonly<Record<PayoutStatus, { hold: string; step: 'debit' | 'release' | null }>> = {
  pending: { hold: 'active', step: null },
  processing: { hold: 'active', step: null },
  completed: { hold: 'captured', step: 'debit' },
  rejected: { hold: 'released', step: 'release' },
  cancelled: { hold: 'released', step: 'release' },
  failed: { hold: 'released', step: 'release' },
}

/** Compares each payout with its hold and its journal entries, and each batch with its payouts. A payout that was final when it was taken over has neither. */
export async function verifyHolds(reader: Reader, found: Findings): Promise<void> {
  const { lastPayoutId } = await takeOver.takenOver(reader)
  for await (const page of payoutFigures.payoutPages(reader)) {
    const keys = await payoutFigures.payoutEntryKeys(
      reader,
      page.map(({ id }) => id),
    )
    for (const { id, status, requestedAmount, hold } of page) {
      const { hold: state, step } = closing[status]
      if (id <= lastPayoutId && step !== null && !hold && !keys.has(id)) continue
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
  for await (const page of payoutFigures.batchPages(reader)) {
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
