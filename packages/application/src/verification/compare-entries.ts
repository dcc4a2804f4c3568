import type { StoredEntry } from '@ev/db'
import { type AccountKind, type Journal, journalLines } from '@ev/domain'
import type { Findings } from './findings.ts'

/** The records that have journal entries of their own, as the names of their checks begin. */
export type PostedKind = 'payment' | 'bonus' | 'booking' | 'refund' | 'pair' | 'payout' | 'deposit' | 'adjustment'

type Compared = {
  readonly kind: PostedKind
  readonly subject: string
  /** What the rules post for the record as it is stored. A record that they refuse to post throws. */
  readonly expected: () => readonly Journal[]
  readonly actual: readonly StoredEntry[]
}

/**
 * Compares the entries about a record with what the rules post for it: the same keys and links, between the same accounts, told in the same
 * statement rows. What a member owed back is left out of the comparison, because it depends on what came before and not on the record.
 */
export function compareEntries(found: Findings, { kind, subject, expected, actual }: Compared): void {
  const wanted = journalsOf(found, { kind, subject, expected })
  if (wanted === null) return
  const keys = new Map(actual.map(({ id, key }) => [id, key]))
  found.expectEqual(`${kind}.entries`, subject, {
    expected: inOrder(wanted.map(({ key, reverses }) => named(key, reverses))),
    actual: inOrder(
      actual.map(({ key, reversesId }) => named(key, reversesId === null ? undefined : (keys.get(reversesId) ?? '?'))),
    ),
  })
  for (const journal of wanted) {
    const entry = actual.find(({ key }) => key === journal.key)
    if (!entry) continue
    const subjectOfEntry = `${subject}, entry ${entry.id}`
    const lines = journalLines(journal).map(({ account, amount }) => ({
      kind: account.kind,
      userId: 'userId' in account ? account.userId : null,
      bookingId: 'bookingId' in account ? account.bookingId : null,
      amount,
    }))
    found.expectEqual(`${kind}.lines`, subjectOfEntry, { expected: linesText(lines), actual: linesText(entry.lines) })
    found.expectEqual(`${kind}.statement`, subjectOfEntry, {
      expected: statementText(journal.statement),
      actual: statementText(entry.statement),
    })
  }
}

/** Reports the entries about records of this kind that there are not. */
export function reportOrphans(
  found: Findings,
  { kind, rows, entries }: { kind: PostedKind; rows: readonly { id: number }[]; entries: Map<number, StoredEntry[]> },
): void {
  const known = new Set(rows.map(({ id }) => id))
  for (const [id, orphans] of entries) {
    if (known.has(id)) continue
    const actual = inOrder(orphans.map(({ key }) => key))
    found.expectEqual(`${kind}.entries`, `${kind} ${id}, which does not exist`, { expected: 'none', actual })
  }
}

function journalsOf(found: Findings, { kind, subject, expected }: Omit<Compared, 'actual'>): readonly Journal[] | null {
  try {
    return expected()
  } catch (error) {
    found.expectEqual(`${kind}.entries`, subject, { expected: 'a record that can be posted', actual: String(error) })
    return null
  }
}

type Line = {
  readonly kind: AccountKind
  readonly userId: number | null
  readonly bookingId: number | null
  readonly amount: bigint
}

/** The lines as one text in a fixed order. What went to, or came from, a member's debt counts as the wallet's. */
function linesText(lines: readonly Line[]): string {
  const account = ({ kind, userId, bookingId }: Line) =>
    `${kind === 'member_recoverable' ? 'member_wallet' : kind}:${userId ?? bookingId ?? ''}`
  return summed(lines, account)
}

/** What an entry changes for each member as a whole, each booking, and each account of the company. */
export function changesText(lines: readonly Line[]): string {
  return summed(lines, ({ kind, userId, bookingId }) =>
    userId === null ? `${kind}:${bookingId ?? ''}` : `member ${userId}`,
  )
}

function summed(lines: readonly Line[], nameOf: (line: Line) => string): string {
  const sums = new Map<string, bigint>()
  for (const line of lines) sums.set(nameOf(line), (sums.get(nameOf(line)) ?? 0n) + line.amount)
  return inOrder([...sums].filter(([, amount]) => amount !== 0n).map(([name, amount]) => `${name} ${amount}`))
}

/** Deductions are shown as two rows, depending on the booking that was open then; together they are the plan's. */
function statementText(rows: readonly { userId: number; type: string; amount: bigint }[]): string {
  const sums = new Map<string, bigint>()
  for (const { userId, type, amount } of rows) {
    if (type === 'RECOVERY') continue
    const name = `${userId} ${type === 'RESERVE_DEDUCTION' ? 'EMI_DEDUCTION' : type}`
    sums.set(name, (sums.get(name) ?? 0n) + amount)
  }
  return inOrder([...sums].map(([name, amount]) => `${name} ${amount}`))
}

const named = (key: string, reverses: string | undefined) =>
  reverses === undefined ? key : `${key} (reverses ${reverses})`

const inOrder = (texts: readonly string[]) => [...texts].sort().join(', ') || 'none'
