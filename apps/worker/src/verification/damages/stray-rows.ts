import type { Tx } from '@ev/db'

/** Two lines that balance each other and that no record explains. */
export function strayLines(
  tx: Tx,
  entryId: number,
  from: 'bank' | 'tds_payable' | 'commission_expense' = 'tds_payable',
) {
  const to = from === 'bank' ? 'commission_expense' : 'bank'
  return tx.journalLine.createMany({
    data: [
      { entryId, accountKind: from, amount: -1n },
      { entryId, accountKind: to, amount: 1n },
    ],
  })
}

/** A row in a member's statement that no journal explains; `gap` is how far it begins from where the last one ended. */
export async function strayRow(
  tx: Tx,
  { userId, gap = 0n, entryId }: { userId: number; gap?: bigint; entryId?: number },
) {
  const last = await tx.walletTransaction.findFirstOrThrow({ where: { userId }, orderBy: { id: 'desc' } })
  const { id: _, balanceAfter, ...row } = last
  const balanceBefore = balanceAfter + gap
  const stray = { ...row, lineNumber: 99, amount: 1n, balanceBefore, balanceAfter: balanceBefore + 1n }
  return tx.walletTransaction.create({
    data: { ...stray, ...(entryId !== undefined && { journalEntryId: entryId }), transactionType: 'DEPOSIT' },
  })
}
