import { journalFigures, type Reader } from '@ev/db'
import { type Findings, listed } from './findings.ts'

/** Every journal entry has lines, and they sum to zero. */
export async function verifyEntries(reader: Reader, found: Findings): Promise<void> {
  for (const { entryId, sum } of await journalFigures.unbalancedEntries(reader, listed)) {
    found.differences.push({
      check: 'entry.balances',
      subject: `journal entry ${entryId}`,
      expected: '0 over its lines',
      actual: String(sum),
    })
  }
}
