import { walletFigures, withEntries } from '@ev/db'
import { adjustWallet, depositTo, emptyWallet, type Journal } from '@ev/domain'
import { compareEntries, reportOrphans } from './compare-entries.ts'
import type { Verification } from './verification.ts'

/** What administrators wrote down is what was posted for it. */
export async function verifyAdjustments(verification: Verification): Promise<void> {
  await verifyKind(verification, 'deposit')
  await verifyKind(verification, 'adjustment')
}

async function verifyKind({ reader, found, count }: Verification, kind: 'deposit' | 'adjustment'): Promise<void> {
  for await (const { rows, entries } of withEntries(reader, kind, walletFigures.readAdjustments(reader, kind))) {
    count(`${kind}s`, rows.length)
    reportOrphans(found, { kind, rows, entries })
    for (const row of rows) {
      const subject = `${kind} ${row.id} of member ${row.userId}`
      compareEntries(found, { kind, subject, expected: () => [journalOf(row)], actual: entries.get(row.id) ?? [] })
    }
  }
}

function journalOf(row: {
  id: number
  userId: number
  kind: 'deposit' | 'adjustment'
  amount: bigint
  reason: string
}): Journal {
  if (row.kind === 'deposit') return depositTo(emptyWallet(row.userId), row)
  const wallet = { ...emptyWallet(row.userId), balance: row.amount < 0n ? -row.amount : 0n }
  return adjustWallet(wallet, row)
}
