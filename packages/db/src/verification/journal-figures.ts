import type { AccountKind } from '@ev/domain'
import type { Reader } from '../client.ts'

/** A signed sum of journal lines for one owner. */
export type OwnedSum = { readonly ownerId: number; readonly kind: AccountKind; readonly amount: bigint }

/** What stands on every member's accounts. */
export async function memberSums(reader: Reader): Promise<OwnedSum[]> {
  const rows = await reader.journalLine.groupBy({
    by: ['userId', 'accountKind'],
    where: { userId: { not: null } },
    _sum: { amount: true },
  })
  return rows.map(({ userId, accountKind, _sum }) => ({
    ownerId: userId!,
    kind: accountKind,
    amount: _sum.amount ?? 0n,
  }))
}

/** What stands in the receipts of every booking. */
export async function bookingSums(reader: Reader): Promise<Map<number, bigint>> {
  const rows = await reader.journalLine.groupBy({
    by: ['bookingId'],
    where: { bookingId: { not: null } },
    _sum: { amount: true },
  })
  return new Map(rows.map(({ bookingId, _sum }) => [bookingId!, _sum.amount ?? 0n]))
}

/** What stands on an account that belongs to nobody in particular. */
export async function accountSum(reader: Reader, kind: AccountKind): Promise<bigint> {
  const { _sum } = await reader.journalLine.aggregate({ where: { accountKind: kind }, _sum: { amount: true } })
  return _sum.amount ?? 0n
}

/** Entries whose lines do not sum to zero, and entries without lines; at most `limit`. */
export async function unbalancedEntries(reader: Reader, limit: number): Promise<{ entryId: number; sum: bigint }[]> {
  const sums = await reader.journalLine.groupBy({
    by: ['entryId'],
    _sum: { amount: true },
    having: { amount: { _sum: { not: 0n } } },
    orderBy: { entryId: 'asc' },
    take: limit,
  })
  const empty = await reader.journalEntry.findMany({
    where: { lines: { none: {} } },
    select: { id: true },
    take: limit,
  })
  return [
    ...sums.map(({ entryId, _sum }) => ({ entryId, sum: _sum.amount ?? 0n })),
    ...empty.map(({ id }) => ({ entryId: id, sum: 0n })),
  ]
}

const entriesAtOnce = 500

/** What each of these journal entries changed in the receipts of a booking, by the entry's key. */
export async function receiptsOfEntries(reader: Reader, keys: readonly string[]): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>()
  for (let at = 0; at < keys.length; at += entriesAtOnce) {
    const entries = await reader.journalEntry.findMany({
      where: { key: { in: keys.slice(at, at + entriesAtOnce) } },
      select: { key: true, lines: { where: { accountKind: 'booking_receipts' }, select: { amount: true } } },
    })
    for (const { key, lines } of entries) {
      sums.set(
        key,
        lines.reduce((sum, { amount }) => sum + amount, 0n),
      )
    }
  }
  return sums
}

/** What the journal entries of these keys took out of the accounts that belong to no member. */
export async function outsideSums(reader: Reader, keys: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await reader.journalLine.findMany({
    where: { entry: { key: { in: [...keys] } }, accountKind: { in: ['bank', 'commission_expense'] } },
    select: { amount: true, entry: { select: { key: true } } },
  })
  const sums = new Map<string, bigint>()
  for (const { amount, entry } of rows) sums.set(entry.key, (sums.get(entry.key) ?? 0n) - amount)
  return sums
}
