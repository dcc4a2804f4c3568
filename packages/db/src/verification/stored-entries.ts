import type { AccountKind, ReferenceType, WalletTransactionType } from '@ev/domain'
import type { Reader } from '../client.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { groupedBy, type IdRange, rangedPages } from './pages.ts'

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

type Id = number | bigint
type EntryColumns = { id: Id; key: string; reference_id: Id; reverses_id: Id | null }
type LineColumns = {
  entry_id: Id
  account_kind: AccountKind
  user_id: Id | null
  booking_id: Id | null
  amount: bigint
}
type RowColumns = { entry_id: Id; user_id: Id; transaction_type: WalletTransactionType; amount: bigint }

const idOrNull = (id: Id | null) => (id === null ? null : Number(id))

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
async function entriesAbout(reader: Reader, type: ReferenceType, { after, upTo }: IdRange): Promise<StoredEntry[]> {
  const about = Prisma.sql`e.reference_type = ${type} AND e.reference_id > ${after} AND e.reference_id <= ${upTo}`
  const entries = await reader.$queryRaw<EntryColumns[]>(Prisma.sql`
    SELECT e.id, e.\`key\`, e.reference_id, e.reverses_id FROM journal_entries e WHERE ${about} ORDER BY e.id`)
  return withParts(reader, entries, about)
}

/** Entries that take another one back, each with the one it takes back. */
export async function* reversals(reader: Reader): AsyncGenerator<{ reversal: StoredEntry; original: StoredEntry }[]> {
  const read = (after: number) =>
    reader.journalEntry.findMany({
      where: { id: { gt: after }, reversesId: { not: null } },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: 5_000,
    })
  for await (const { range } of rangedPages(read)) {
    const isReversal = Prisma.sql`r.reverses_id IS NOT NULL AND r.id > ${range.after} AND r.id <= ${range.upTo}`
    const concerned = Prisma.sql`e.id IN (
      SELECT r.id FROM journal_entries r WHERE ${isReversal}
      UNION SELECT r.reverses_id FROM journal_entries r WHERE ${isReversal})`
    const entries = await reader.$queryRaw<EntryColumns[]>(Prisma.sql`
      SELECT e.id, e.\`key\`, e.reference_id, e.reverses_id FROM journal_entries e WHERE ${concerned}`)
    const stored = new Map((await withParts(reader, entries, concerned)).map((entry) => [entry.id, entry]))
    yield [...stored.values()].flatMap((reversal) => {
      const original = reversal.reversesId === null ? undefined : stored.get(reversal.reversesId)
      return original ? [{ reversal, original }] : []
    })
  }
}

async function withParts(reader: Reader, entries: readonly EntryColumns[], where: Prisma.Sql): Promise<StoredEntry[]> {
  if (entries.length === 0) return []
  const lines = await reader.$queryRaw<LineColumns[]>(Prisma.sql`
    SELECT l.entry_id, l.account_kind, l.user_id, l.booking_id, l.amount
    FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id WHERE ${where}`)
  const statement = await reader.$queryRaw<RowColumns[]>(Prisma.sql`
    SELECT w.journal_entry_id AS entry_id, w.user_id, w.transaction_type, w.amount
    FROM journal_entries e JOIN wallet_transactions w ON w.journal_entry_id = e.id WHERE ${where}`)
  const linesOf = groupedBy(lines, ({ entry_id }) => Number(entry_id))
  const rowsOf = groupedBy(statement, ({ entry_id }) => Number(entry_id))
  return entries.map(({ id, key, reference_id, reverses_id }) => ({
    id: Number(id),
    key,
    referenceId: Number(reference_id),
    reversesId: idOrNull(reverses_id),
    lines: (linesOf.get(Number(id)) ?? []).map(toLine),
    statement: (rowsOf.get(Number(id)) ?? []).map(toStatementRow),
  }))
}

function toLine({ account_kind, user_id, booking_id, amount }: LineColumns): StoredLine {
  return { kind: account_kind, userId: idOrNull(user_id), bookingId: idOrNull(booking_id), amount: BigInt(amount) }
}

function toStatementRow({ user_id, transaction_type, amount }: RowColumns): StoredStatementRow {
  return { userId: Number(user_id), type: transaction_type, amount: BigInt(amount) }
}
