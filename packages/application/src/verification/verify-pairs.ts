import { earningFigures, plans, type Reader, takeOver } from '@ev/db'
import { creditableAt, pairReversalKey } from '@ev/domain'
import type { Findings } from './findings.ts'

/**
 * Every pair whose credit is due has one earning, with the amount and the number that the pair froze. A reversed one was credited before
 * and gives all of it back, or was not and has none. Credits made before the take-over stand in the opening balances.
 */
export async function verifyPairs(reader: Reader, found: Findings, settledBefore: Date): Promise<void> {
  const { lastPairId } = await takeOver.takenOver(reader)
  for await (const page of earningFigures.pairPages(reader)) {
    for (const pair of page) {
      const { id, status, matchedAt, processedAt, planVersion, earningAmount, earning, pairNumber } = pair
      const subject = `pair ${id}`
      if (id <= lastPairId && status === 'processed' && !earning) continue
      const isCredited = status === 'processed' || (status === 'reversed' && processedAt !== null)
      found.expectEqual('pair.processed', subject, { expected: isCredited, actual: earning !== null })
      if (!earning) {
        if (status === 'reversed') continue
        const plan = await plans.version(reader, planVersion)
        if (creditableAt(matchedAt, plan) <= settledBefore)
          found.expectEqual('pair.credited', subject, { expected: true, actual: false })
        continue
      }
      found.expectEqual('pair.earning', subject, { expected: earningAmount, actual: earning.amount })
      found.expectEqual('pair.number', subject, { expected: pairNumber, actual: earning.pairNumber })
      found.expectEqual('pair.parts', subject, {
        expected: earning.amount,
        actual: earning.netAmount + earning.emiDeducted,
      })
      verifyReversal(found, pair, settledBefore)
    }
  }
}

type PairRow = ReturnType<typeof earningFigures.pairPages> extends AsyncGenerator<(infer Row)[]> ? Row : never

/** A reversed pair gives its whole earning back, by one entry that reverses that of the pair; one that stands keeps it. */
function verifyReversal(found: Findings, { id, reversedAt, earning }: PairRow, settledBefore: Date): void {
  const { amount, reversedAmount, journalEntry } = earning!
  const subject = `pair ${id}`
  found.expectEqual('pair.reversal_posted', subject, {
    expected: reversedAmount > 0n ? pairReversalKey(id) : null,
    actual: journalEntry.reversedBy?.key ?? null,
  })
  if (reversedAt !== null && reversedAt > settledBefore && reversedAmount === 0n) return
  found.expectEqual('pair.reversed', subject, { expected: reversedAt === null ? 0n : amount, actual: reversedAmount })
}
