import { journalFigures, type Reader, walletFigures } from '@ev/db'
import { adjustmentKey, depositKey } from '@ev/domain'
import type { Findings } from './findings.ts'

/** Compares what administrators wrote down with what its journal entries moved. */
export async function verifyAdjustments(reader: Reader, found: Findings): Promise<void> {
  const keyOf = ({ id, kind }: { id: number; kind: 'deposit' | 'adjustment' }) =>
    kind === 'deposit' ? depositKey(id) : adjustmentKey(id)
  for await (const page of walletFigures.adjustmentPages(reader)) {
    const sums = await journalFigures.outsideSums(reader, page.map(keyOf))
    for (const adjustment of page) {
      found.expectEqual('adjustment.entry', `${adjustment.kind} ${adjustment.id} of member ${adjustment.userId}`, {
        expected: adjustment.amount,
        actual: sums.get(keyOf(adjustment)) ?? 0n,
      })
    }
  }
}
