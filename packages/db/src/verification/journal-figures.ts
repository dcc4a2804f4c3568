import { type AccountKind, referenceTypes } from '@ev/domain'
import type { Reader } from '../client.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { type IdRange, idRanges, within } from './pages.ts'

/** SQLite answers whole numbers as numbers or bigints, MySQL sums as decimal text. */
type Whole = number | bigint | string

/** Of entries, lines or members: what one statement looks at without keeping a process on SQLite busy for long. */
const idsARange = 5_000

/** The ids of all journal entries in ranges that one statement can look at. */
export async function* entryRanges(reader: Reader): AsyncGenerator<IdRange> {
  const { _max } = await reader.journalEntry.aggregate({ _max: { id: true } })
  yield* idRanges(_max.id ?? 0, idsARange)
}

/** Entries that have fewer than two lines or whose lines do not sum to zero. */
export async function unbalancedEntries(
  reader: Reader,
  { after, upTo }: IdRange,
): Promise<{ id: number; lines: number; sum: bigint }[]> {
  const rows = await reader.$queryRaw<{ id: Whole; line_count: Whole; total: Whole }[]>(Prisma.sql`
    SELECT e.id AS id, COUNT(l.id) AS line_count, COALESCE(SUM(l.amount), 0) AS total
    FROM journal_entries e LEFT JOIN journal_lines l ON l.entry_id = e.id
    WHERE e.id > ${after} AND e.id <= ${upTo}
    GROUP BY e.id HAVING COUNT(l.id) < 2 OR COALESCE(SUM(l.amount), 0) <> 0 ORDER BY e.id`)
  return rows.map(({ id, line_count, total }) => ({
    id: Number(id),
    lines: Number(line_count),
    sum: BigInt(total),
  }))
}

/** Lines whose account names the wrong owner: a member's account none or a booking, a booking's none or a member, the company's any. */
export async function ownerlessLines(
  reader: Reader,
  { after, upTo }: IdRange,
): Promise<{ id: number; entryId: number; kind: string }[]> {
  const rows = await reader.$queryRaw<{ id: Whole; entry_id: Whole; account_kind: string }[]>(Prisma.sql`
    SELECT id, entry_id, account_kind FROM journal_lines
    WHERE entry_id > ${after} AND entry_id <= ${upTo} AND
      ((user_id IS NOT NULL) <> (account_kind IN ('member_wallet', 'member_hold', 'member_emi_reserve', 'member_recoverable'))
       OR (booking_id IS NOT NULL) <> (account_kind = 'booking_receipts'))
    ORDER BY id`)
  return rows.map(({ id, entry_id, account_kind }) => ({
    id: Number(id),
    entryId: Number(entry_id),
    kind: account_kind,
  }))
}

/** What an entry changes in a member's balance, where the statement rows of the entry say something else. */
export async function unexplainedChanges(
  reader: Reader,
  { after, upTo }: IdRange,
): Promise<{ entryId: number; userId: number; lines: bigint; rows: bigint }[]> {
  const rows = await reader.$queryRaw<{ entry_id: Whole; user_id: Whole; posted: Whole; told: Whole }[]>(Prisma.sql`
    SELECT entry_id, user_id, SUM(posted) AS posted, SUM(told) AS told FROM (
      SELECT entry_id, user_id, amount AS posted, 0 AS told FROM journal_lines
      WHERE entry_id > ${after} AND entry_id <= ${upTo} AND account_kind IN ('member_wallet', 'member_hold')
      UNION ALL
      SELECT journal_entry_id, user_id, 0, amount FROM wallet_transactions
      WHERE journal_entry_id > ${after} AND journal_entry_id <= ${upTo}
    ) AS changes GROUP BY entry_id, user_id HAVING SUM(posted) <> SUM(told) ORDER BY entry_id, user_id`)
  return rows.map(({ entry_id, user_id, posted, told }) => ({
    entryId: Number(entry_id),
    userId: Number(user_id),
    lines: BigInt(posted),
    rows: BigInt(told),
  }))
}

/** Entries about a kind of record that there is not; at most `limit`. */
export function strangeEntries(reader: Reader, limit: number): Promise<{ id: number; referenceType: string }[]> {
  return reader.journalEntry.findMany({
    where: { referenceType: { notIn: [...referenceTypes] } },
    select: { id: true, referenceType: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
}

/** What stands on the accounts of the members with these ids, by member and account. */
export async function memberSums(
  reader: Reader,
  { after, upTo }: IdRange,
): Promise<Map<number, Partial<Record<AccountKind, bigint>>>> {
  const rows = await reader.$queryRaw<{ user_id: Whole; account_kind: AccountKind; total: Whole }[]>(Prisma.sql`
    SELECT user_id, account_kind, SUM(amount) AS total FROM journal_lines
    WHERE user_id > ${after} AND user_id <= ${upTo} GROUP BY user_id, account_kind`)
  const sums = new Map<number, Partial<Record<AccountKind, bigint>>>()
  for (const { user_id, account_kind, total } of rows) {
    const own = sums.get(Number(user_id)) ?? {}
    own[account_kind] = BigInt(total)
    sums.set(Number(user_id), own)
  }
  return sums
}

/** What stands on all accounts of each kind together. */
export async function accountSums(reader: Reader): Promise<Partial<Record<AccountKind, bigint>>> {
  const { _max } = await reader.journalLine.aggregate({ _max: { id: true } })
  const sums: Partial<Record<AccountKind, bigint>> = {}
  for await (const range of idRanges(_max.id ?? 0, 4 * idsARange)) {
    const rows = await reader.journalLine.groupBy({
      by: ['accountKind'],
      where: { id: within(range) },
      _sum: { amount: true },
    })
    for (const { accountKind, _sum } of rows) sums[accountKind] = (sums[accountKind] ?? 0n) + (_sum.amount ?? 0n)
  }
  return sums
}

/** What stands on an account that belongs to nobody in particular. */
export async function accountSum(reader: Reader, kind: AccountKind): Promise<bigint> {
  const { _sum } = await reader.journalLine.aggregate({ where: { accountKind: kind }, _sum: { amount: true } })
  return _sum.amount ?? 0n
}

type Overdrawn = { readonly lineId: number; readonly userId: number; readonly kind: string; readonly sum: bigint }

/** Members whose hold, EMI reserve or debt was below zero after some entry, with the entry's line; at most `limit` of some thousand members. */
export async function* overdrawnReserves(reader: Reader, limit: number): AsyncGenerator<Overdrawn> {
  const { _max } = await reader.user.aggregate({ _max: { id: true } })
  for await (const { after, upTo } of idRanges(_max.id ?? 0, idsARange)) {
    const rows = await reader.$queryRaw<{ id: Whole; user_id: Whole; account_kind: string; total: Whole }[]>(Prisma.sql`
      SELECT id, user_id, account_kind, total FROM (
        SELECT id, user_id, account_kind,
          SUM(CASE WHEN account_kind = 'member_recoverable' THEN -amount ELSE amount END)
            OVER (PARTITION BY user_id, account_kind ORDER BY id) AS total
        FROM journal_lines
        WHERE user_id > ${after} AND user_id <= ${upTo}
          AND account_kind IN ('member_emi_reserve', 'member_recoverable', 'member_hold')
      ) AS running WHERE total < 0 ORDER BY id LIMIT ${limit}`)
    yield* rows.map(({ id, user_id, account_kind, total }) => ({
      lineId: Number(id),
      userId: Number(user_id),
      kind: account_kind,
      sum: BigInt(total),
    }))
  }
}
