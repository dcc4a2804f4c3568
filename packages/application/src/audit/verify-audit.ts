import { audit } from '@ev/db'
import type { Deps } from '../deps.ts'
import { type Difference, findings, type Progress } from '../verification/findings.ts'

/** Follows the chain of the audit log from its first line: a changed, missing or foreign line is a difference. */
export async function verifyAudit({ db }: Pick<Deps, 'db'>, progress: Progress): Promise<Difference[]> {
  const found = findings<'audit.chain' | 'audit.hash' | 'audit.head'>()
  progress('audit log')
  const head = await audit.headHash(db.read)
  let previousHash = audit.firstHash
  let isHeadMet = head === audit.firstHash
  for await (const page of audit.pages(db.read)) {
    for (const row of page) {
      const subject = `audit line ${row.id}`
      found.expectEqual('audit.chain', subject, { expected: previousHash, actual: row.previousHash })
      found.expectEqual('audit.hash', subject, { expected: audit.hashOf(row.previousHash, row), actual: row.hash })
      previousHash = row.hash
      // Lines that are written while this reads come after the head that was read before.
      isHeadMet ||= row.hash === head
    }
  }
  if (!isHeadMet) found.expectEqual('audit.head', 'the newest audit line', { expected: head, actual: previousHash })
  return found.differences
}
