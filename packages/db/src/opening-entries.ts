import { type Journal, journalLines } from '@ev/domain'
import { accountColumns } from './ledger.ts'
import type { Tx } from './tx.ts'

/** An entry of a take-over, and the moment that it tells of. */
export type DatedJournal = { readonly journal: Journal; readonly at: Date }

/**
 * Writes many journals in a few statements. They may touch only wallets that have no statement yet and whose rows are written by the
 * caller, with the figures that these journals lead to; `walletIds` names them by member.
 */
export async function postAll(
  tx: Tx,
  journals: readonly DatedJournal[],
  { walletIds }: { walletIds: ReadonlyMap<number, number> },
): Promise<void> {
  if (journals.length === 0) return
  await tx.journalEntry.createMany({
    data: journals.map(({ journal: { key, reference }, at }) => ({
      key,
      referenceType: reference.type,
      referenceId: reference.id,
      createdAt: at,
    })),
  })
  const entries = await tx.journalEntry.findMany({
    where: { key: { in: journals.map(({ journal }) => journal.key) } },
    select: { id: true, key: true },
  })
  const idOfKey = new Map(entries.map(({ id, key }) => [key, id]))
  await tx.journalLine.createMany({
    data: journals.flatMap(({ journal }) =>
      journalLines(journal).map(({ account, amount }) => ({
        entryId: idOfKey.get(journal.key)!,
        ...accountColumns(account),
        amount,
      })),
    ),
  })
  const statement = statementRows(journals, { walletIds, idOfKey })
  if (statement.length > 0) await tx.walletTransaction.createMany({ data: statement })
}

function statementRows(
  journals: readonly DatedJournal[],
  { walletIds, idOfKey }: { walletIds: ReadonlyMap<number, number>; idOfKey: ReadonlyMap<string, number> },
) {
  const balances = new Map<number, bigint>()
  return journals.flatMap(({ journal: { key, reference, statement }, at }) =>
    statement.map(({ userId, type, amount, description }, index) => {
      const balanceBefore = balances.get(userId) ?? 0n
      balances.set(userId, balanceBefore + amount)
      return {
        walletId: walletIds.get(userId)!,
        userId,
        journalEntryId: idOfKey.get(key)!,
        lineNumber: index + 1,
        transactionType: type,
        amount,
        balanceBefore,
        balanceAfter: balanceBefore + amount,
        description,
        referenceType: reference.type,
        referenceId: reference.id,
        createdAt: at,
      }
    }),
  )
}
