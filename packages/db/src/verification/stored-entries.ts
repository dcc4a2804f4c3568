import type { AccountKind, ReferenceType, WalletTransactionType } from '@ev/domain'
import type { Reader } from '../client.ts'
import type { Condition } from '../direct/conditions.ts'
import type { DirectRow } from '../direct/direct.ts'
import { directOf } from '../tx.ts'
import { groupedBy, type IdRange, rangedPages, rowsAPage } from './pages.ts'

/** A journal entry as it is stored, with its lines and what the members' statements say of it. */
export type StoredEntry = {
  readonly id: number
  readonly key: string
  readonly referenceId: number
  readonly reversesId: number | null
  readonly lines: readonly StoredLine[]
  readonly statement: readonly StoredStatementRow[]
}

export type StoredLine = {
  readonly kind: AccountKind
  readonly userId: number | null
  readonly bookingId: number | null
  readonly amount: bigint
}

export type StoredStatementRow = {
  readonly userId: number
  readonly type: WalletTransactionType
  readonly amount: bigint
}

/** Pages of records side by side with the entries about them: both come in order of the record's id, so that each is read once. */
export async function* withEntries<Row extends { id: number }>(
  reader: Reader,
  type: ReferenceType,
  read: (after: number) => Promise<Row[]>,
): AsyncGenerator<{ rows: Row[]; range: IdRange; entries: Map<number, StoredEntry[]> }> {
  for await (const { rows, range } of rangedPages(read)) {
    yield { rows, range, entries: groupedBy(await entriesAbout(reader, type, range), (entry) => entry.referenceId) }
  }
}

/** The entries about the records of a type with these ids. */
function entriesAbout(reader: Reader, type: ReferenceType, { after, upTo }: IdRange): Promise<StoredEntry[]> {
  return entriesWhere(reader, {
    sql: 'e.reference_type = ? AND e.reference_id > ? AND e.reference_id <= ?',
    values: [type, after, upTo],
  })
}

/** Entries that take another one back, each with the one it takes back. */
export async function* reversals(reader: Reader): AsyncGenerator<{ reversal: StoredEntry; original: StoredEntry }[]> {
  const read = (after: number) =>
    reader.journalEntry.findMany({
      where: { id: { gt: after }, reversesId: { not: null } },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    })
  for await (const { range } of rangedPages(read)) {
    const values = [range.after, range.upTo]
    const areReversals = (entry: string) => `${entry}.reverses_id IS NOT NULL AND ${entry}.id > ? AND ${entry}.id <= ?`
    const reversing = await entriesWhere(reader, { sql: areReversals('e'), values })
    const areReversed = `e.id IN (SELECT r.reverses_id FROM journal_entries r WHERE ${areReversals('r')})`
    const reversed = new Map(
      (await entriesWhere(reader, { sql: areReversed, values })).map((entry) => [entry.id, entry]),
    )
    yield reversing.flatMap((reversal) => {
      const original = reversed.get(reversal.reversesId!)
      return original ? [{ reversal, original }] : []
    })
  }
}

async function entriesWhere(reader: Reader, { sql: where, values }: Condition): Promise<StoredEntry[]> {
  const direct = directOf(reader)
  const entries = await direct.rows(
    `SELECT e.id, e.\`key\`, e.reference_id, e.reverses_id FROM journal_entries e WHERE ${where} ORDER BY e.id`,
    values,
  )
  if (entries.length === 0) return []
  const lines = await direct.rows(
    `SELECT l.entry_id, l.account_kind, l.user_id, l.booking_id, l.amount
    FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id WHERE ${where}`,
    values,
  )
  const statement = await direct.rows(
    `SELECT w.journal_entry_id, w.user_id, w.transaction_type, w.amount
    FROM journal_entries e JOIN wallet_transactions w ON w.journal_entry_id = e.id WHERE ${where}`,
    values,
  )
  const linesOf = groupedBy(lines, entryOf)
  const rowsOf = groupedBy(statement, entryOf)
  return entries.map(([entryId, key, referenceId, reversesId]) => {
    const id = Number(entryId)
    return {
      id,
      key: key as string,
      referenceId: Number(referenceId),
      reversesId: idOrNull(reversesId),
      lines: (linesOf.get(id) ?? []).map(toLine),
      statement: (rowsOf.get(id) ?? []).map(toStatementRow),
    }
  })
}

const entryOf = ([entryId]: DirectRow) => Number(entryId)
const idOrNull = (id: unknown) => (id === null ? null : Number(id))
const paise = (amount: unknown) => BigInt(amount as bigint | number)

function toLine([, kind, userId, bookingId, amount]: DirectRow): StoredLine {
  return {
    kind: kind as AccountKind,
    userId: idOrNull(userId),
    bookingId: idOrNull(bookingId),
    amount: paise(amount),
  }
}

function toStatementRow([, userId, type, amount]: DirectRow): StoredStatementRow {
  return { userId: Number(userId), type: type as WalletTransactionType, amount: paise(amount) }
}
