import type { Paise, Wallet } from '@ev/domain'
import type { Reader } from './client.ts'

/** A moment of the books: all that was posted up to and including an instant, or before a journal entry. */
export type Moment = { readonly at: Date } | { readonly beforeEntry: number }

/** A member's wallet as it stood at a moment, from the journal lines and statement rows alone; the wallet's own row is not asked. */
export async function walletAt(reader: Reader, userId: number, moment: Moment): Promise<Wallet> {
  const entry = entryWhere(moment)
  const [accounts, types] = await Promise.all([
    reader.journalLine.groupBy({ by: ['accountKind'], where: { userId, entry }, _sum: { amount: true } }),
    reader.walletTransaction.groupBy({
      by: ['transactionType', 'referenceType'],
      where: { userId, journalEntry: entry },
      _sum: { amount: true },
    }),
  ])
  const account = (kind: (typeof accounts)[number]['accountKind']): Paise =>
    accounts.find(({ accountKind }) => accountKind === kind)?._sum.amount ?? 0n
  const rows = (counts: (row: (typeof types)[number]) => boolean): Paise =>
    types.filter(counts).reduce((sum, { _sum }) => sum + (_sum.amount ?? 0n), 0n)
  const held = account('member_hold')
  return {
    userId,
    balance: account('member_wallet') + held,
    held,
    emiReserve: account('member_emi_reserve'),
    recoverable: -account('member_recoverable'),
    totalEarned: rows(({ transactionType }) => earningTypes.has(transactionType)),
    // A payout's rows add up to all that was requested, tax and EMI included.
    totalWithdrawn: -rows(({ referenceType }) => referenceType === 'payout'),
  }
}

const earningTypes: ReadonlySet<string> = new Set(['REFERRAL_BONUS', 'BINARY_PAIR', 'REVERSAL'])

/** When anything of the member's was last posted up to an instant; null when nothing was. */
export async function lastPostedAt(reader: Reader, userId: number, at: Date): Promise<Date | null> {
  const line = await reader.journalLine.findFirst({
    where: { userId, entry: { createdAt: { lte: at } } },
    orderBy: { id: 'desc' },
    select: { entry: { select: { createdAt: true } } },
  })
  return line?.entry.createdAt ?? null
}

function entryWhere(moment: Moment) {
  return 'at' in moment ? { createdAt: { lte: moment.at } } : { id: { lt: moment.beforeEntry } }
}
