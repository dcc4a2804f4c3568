import { journalFigures, reversals } from '@ev/db'
import { changesText } from './compare-entries.ts'
import { listed } from './findings.ts'
import type { Verification } from './verification.ts'

/** Each journal entry by itself: it balances, its accounts have owners, the statements say what it changes, and its reversal is its opposite. */
export async function verifyEntries({ reader, found, count }: Verification): Promise<void> {
  for await (const range of journalFigures.entryRanges(reader)) {
    for (const { id, lines, sum } of await journalFigures.unbalancedEntries(reader, range)) {
      found.expectEqual('entry.balances', `journal entry ${id}`, {
        expected: 'at least two lines that sum to 0',
        actual: `${lines} that sum to ${sum}`,
      })
    }
    for (const { id, entryId, kind } of await journalFigures.ownerlessLines(reader, range)) {
      const subject = `journal entry ${entryId}, line ${id}`
      found.expectEqual('entry.accounts', subject, { expected: `the owner of ${kind}`, actual: 'another or none' })
    }
    for (const { entryId, userId, lines, rows } of await journalFigures.unexplainedChanges(reader, range)) {
      const subject = `journal entry ${entryId} of member ${userId}`
      found.expectEqual('entry.statement', subject, { expected: lines, actual: rows })
    }
  }
  for (const { id, referenceType } of await journalFigures.strangeEntries(reader, listed)) {
    const subject = `journal entry ${id}`
    found.expectEqual('entry.reference', subject, { expected: 'a kind of record', actual: referenceType })
  }
  for await (const page of reversals(reader)) {
    count('reversals', page.length)
    for (const { reversal, original } of page) {
      const opposite = original.lines.map((line) => ({ ...line, amount: -line.amount }))
      found.expectEqual('entry.reversal', `journal entry ${reversal.id}, which reverses ${original.id}`, {
        expected: changesText(opposite),
        actual: changesText(reversal.lines),
      })
    }
  }
}
