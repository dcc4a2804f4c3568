import { earningFigures, plans, type Reader } from '@ev/db'
import { creditableAt } from '@ev/domain'
import type { Findings } from './findings.ts'

/** Every pair whose credit is due has one earning, with the amount and the number that the pair froze. */
export async function verifyPairs(reader: Reader, found: Findings, settledBefore: Date): Promise<void> {
  for await (const page of earningFigures.pairPages(reader)) {
    for (const { id, status, matchedAt, planVersion, earningAmount, earning, pairNumber } of page) {
      const subject = `pair ${id}`
      found.expectEqual('pair.processed', subject, { expected: status === 'processed', actual: earning !== null })
      if (!earning) {
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
    }
  }
}
