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
import { inList } from './direct/direct.ts'
import { insertRow } from './direct/write-row.ts'
import { fieldWriter, insertRows } from './direct/write-rows.ts'
import { directOf } from './tx.ts'
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
  const [entryId] = await postAll(tx, [{ journal, ...options }])
  return { entryId: entryId! }
}

/**
 * Writes several journals as if one after the other, and answers the ids of their entries in order. A wallet that several of them change is
 * written once, with what all of them make of it.
 */
export async function postAll(
  tx: Tx,
  postings: readonly ({ readonly journal: Journal } & PostOptions)[],
): Promise<number[]> {
  const members = postings.flatMap(({ journal }) => [...walletEffects(journal).keys()])
  const rows = await wallets.lockRowsOf(tx, members)
  const entryIds = await insertEntries(tx, postings)
  const lines = postings.flatMap(({ journal }, at) =>
    journalLines(journal).map(({ account, amount }) => ({
      entryId: entryIds[at]!,
      ...accountColumns(account),
      amount,
    })),
  )
  await insertRows(tx, lineWriter, lines)
  const after = new Map([...rows].map(([userId, row]) => [userId, wallets.toWallet(row)]))
  const statement = postings.flatMap(({ journal, now }, at) => {
    const written = statementRows(journal, after, rows)
    for (const userId of walletEffects(journal).keys()) after.set(userId, walletAfter(after.get(userId)!, journal))
    return written.map((line) => ({ ...line, journalEntryId: entryIds[at]!, createdAt: now }))
  })
  const now = postings.at(-1)?.now
  for (const [userId, row] of rows) await saveWallet(tx, row, after.get(userId)!, now!)
  await insertRows(tx, statementWriter, statement)
  return entryIds
}

const lineWriter = fieldWriter('journal_lines', ['entryId', 'accountKind', 'userId', 'bookingId', 'amount'])
const entryWriter = fieldWriter('journal_entries', [
  'key',
  'referenceType',
  'referenceId',
  'reversesId',
  'actorId',
  'planVersion',
  'createdAt',
])
const statementWriter = fieldWriter('wallet_transactions', [
  'walletId',
  'userId',
  'journalEntryId',
  'lineNumber',
  'transactionType',
  'amount',
  'balanceBefore',
  'balanceAfter',
  'description',
  'referenceType',
  'referenceId',
  'createdAt',
])

async function insertEntries(
  tx: Tx,
  postings: readonly ({ readonly journal: Journal } & PostOptions)[],
): Promise<number[]> {
  const entries: Awaited<ReturnType<typeof entryRow>>[] = []
  for (const posting of postings) entries.push(await entryRow(tx, posting))
  const [only, ...others] = entries
  if (only === undefined) return []
  if (others.length === 0) return [await insertRow(tx, entryWriter.table, only)]
  await insertRows(tx, entryWriter, entries)
  const keys = inList([only.key, ...others.map(({ key }) => key)])
  const rows = await directOf(tx).rows(
    `SELECT \`key\`, id FROM journal_entries WHERE \`key\` IN (${keys.marks})`,
    keys.values,
  )
  const ids = new Map(rows.map(([key, id]) => [key, Number(id)]))
  return entries.map(({ key }) => ids.get(key)!)
}

async function entryRow(
  tx: Tx,
  { journal, now, actorId = null, planVersion = null }: { readonly journal: Journal } & PostOptions,
) {
  const { key, reference, reverses } = journal
  const reversesId = reverses === undefined ? null : await entryIdOf(tx, reverses)
  return {
    key,
    referenceType: reference.type,
    referenceId: reference.id,
    reversesId,
    actorId,
    planVersion,
    createdAt: now,
  }
}

async function entryIdOf(tx: Tx, key: string): Promise<number> {
  const entry = await tx.journalEntry.findUnique({ where: { key }, select: { id: true } })
  if (!entry) throw new Error(`There is no journal entry ${key} to reverse.`)
  return entry.id
}

/** The update repeats its assumption: the row must still be what was read, whatever else may have gone wrong with the lock. */
async function saveWallet(tx: Tx, row: wallets.WalletRow, after: Wallet, now: Date): Promise<void> {
  const { balance, held, emiReserve, recoverable, totalEarned, totalWithdrawn } = after
  const set = [balance, held, emiReserve, recoverable, totalEarned, totalWithdrawn, now]
  const was = [row.id, row.balance, row.held, row.emiReserve, row.recoverable]
  const { affected } = await directOf(tx).run(changeWallet, [...set, ...was])
  if (affected !== 1) throw new Error(`Wallet ${row.id} changed under its lock.`)
}

const changeWallet = `UPDATE wallets
  SET balance = ?, held = ?, emi_reserve = ?, recoverable = ?, total_earned = ?, total_withdrawn = ?, updated_at = ?
  WHERE id = ? AND balance = ? AND held = ? AND emi_reserve = ? AND recoverable = ?`

/** The statement rows of a journal, on wallets as they are before it. */
function statementRows(
  journal: Journal,
  before: ReadonlyMap<number, Wallet>,
  rows: ReadonlyMap<number, wallets.WalletRow>,
) {
  const running = new Map<number, { balance: bigint; lineNumber: number }>()
  return journal.statement.map((line: StatementLine) => {
    const state = running.get(line.userId) ?? { balance: before.get(line.userId)!.balance, lineNumber: 0 }
    running.set(line.userId, state)
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
