import {
  type Account,
  type Journal,
  journalLines,
  type StatementLine,
  type Wallet,
  walletAfter,
  walletEffects,
} from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import * as wallets from './wallets.ts'

export type PostOptions = {
  readonly now: Date
  /** Who caused it; null for the platform itself. */
  readonly actorId?: number | null
  /** The version of the plan that decided the amounts, when one did. */
  readonly planVersion?: number | null
}

/**
 * Writes a journal: the entry with its lines, the wallets it changes and their statement rows, all or nothing with the caller's
 * transaction. The natural key is unique, so a second posting of the same event fails; a wallet never goes below zero.
 */
export async function post(tx: Tx, journal: Journal, options: PostOptions): Promise<{ entryId: number }> {
  const { now, actorId = null, planVersion = null } = options
  const members = [...walletEffects(journal).keys()]
  const rows = members.length > 0 ? await wallets.lockRowsOf(tx, members) : new Map<number, wallets.WalletRow>()
  const reversesId = journal.reverses === undefined ? null : await entryIdOf(tx, journal.reverses)
  const entry = await tx.journalEntry.create({
    data: {
      key: journal.key,
      referenceType: journal.reference.type,
      referenceId: journal.reference.id,
      reversesId,
      actorId,
      planVersion,
      createdAt: now,
    },
    select: { id: true },
  })
  await tx.journalLine.createMany({
    data: journalLines(journal).map(({ account, amount }) => ({
      entryId: entry.id,
      ...accountColumns(account),
      amount,
    })),
  })
  for (const row of rows.values()) await saveWallet(tx, row, journal, now)
  const statement = statementRows(journal, rows)
  if (statement.length > 0) {
    await tx.walletTransaction.createMany({
      data: statement.map((line) => ({ ...line, journalEntryId: entry.id, createdAt: now })),
    })
  }
  return { entryId: entry.id }
}

async function entryIdOf(tx: Tx, key: string): Promise<number> {
  const entry = await tx.journalEntry.findUnique({ where: { key }, select: { id: true } })
  if (!entry) throw new Error(`There is no journal entry ${key} to reverse.`)
  return entry.id
}

/** The update repeats its assumption: the row must still be what was read, whatever else may have gone wrong with the lock. */
async function saveWallet(tx: Tx, row: wallets.WalletRow, journal: Journal, now: Date): Promise<void> {
  const before = wallets.toWallet(row)
  const after: Wallet = walletAfter(before, journal)
  const { userId: _, ...figures } = after
  const { count } = await tx.wallet.updateMany({
    where: {
      id: row.id,
      balance: row.balance,
      held: row.held,
      emiReserve: row.emiReserve,
      recoverable: row.recoverable,
    },
    data: { ...figures, updatedAt: now },
  })
  if (count !== 1) throw new Error(`Wallet ${row.id} changed under its lock.`)
}

function statementRows(journal: Journal, rows: Map<number, wallets.WalletRow>) {
  const running = new Map([...rows].map(([userId, row]) => [userId, { balance: row.balance, lineNumber: 0 }]))
  return journal.statement.map((line: StatementLine) => {
    const state = running.get(line.userId)!
    const balanceBefore = state.balance
    state.balance += line.amount
    state.lineNumber += 1
    return {
      walletId: rows.get(line.userId)!.id,
      userId: line.userId,
      lineNumber: state.lineNumber,
      transactionType: line.type,
      amount: line.amount,
      balanceBefore,
      balanceAfter: state.balance,
      description: line.description,
      referenceType: journal.reference.type,
      referenceId: journal.reference.id,
    }
  })
}

/** The columns of a journal line that name its account. */
export function accountColumns(account: Account) {
  return {
    accountKind: account.kind,
    userId: 'userId' in account ? account.userId : null,
    bookingId: 'bookingId' in account ? account.bookingId : null,
  }
}

/** What an entry took out of a booking's receipts; null when there is no such entry. */
export async function amountOutOfReceipts(reader: Reader, key: string): Promise<bigint | null> {
  const line = await reader.journalLine.findFirst({
    where: { entry: { key }, accountKind: 'booking_receipts' },
    select: { amount: true },
  })
  return line && -line.amount
}
