import type { AccountKind } from '@ev/domain'
import type { Reader } from './client.ts'
import { Prisma } from './generated/sqlite/client.ts'

/** A signed sum of journal lines for one owner. */
export type OwnedSum = { readonly ownerId: number; readonly kind: AccountKind; readonly amount: bigint }

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

/** The sums of every wallet's statement rows, all of them and those of each type that counts as earned. */
export async function statementSums(reader: Reader): Promise<Map<number, { total: bigint; rows: number }>> {
  const rows = await reader.walletTransaction.groupBy({ by: ['userId'], _sum: { amount: true }, _count: { id: true } })
  return new Map(rows.map(({ userId, _sum, _count }) => [userId, { total: _sum.amount ?? 0n, rows: _count.id }]))
}

/** Statement rows that do not begin where the row before them ended; at most `limit`. */
export async function brokenChains(reader: Reader, limit: number): Promise<{ id: number; userId: number }[]> {
  const rows = await reader.$queryRaw<{ id: number | bigint; user_id: number | bigint }[]>(Prisma.sql`
    SELECT id, user_id FROM (
      SELECT id, user_id, balance_before, COALESCE(LAG(balance_after) OVER (PARTITION BY user_id ORDER BY id), 0) AS expected
      FROM wallet_transactions
    ) AS chain WHERE balance_before <> expected ORDER BY id LIMIT ${limit}`)
  return rows.map(({ id, user_id }) => ({ id: Number(id), userId: Number(user_id) }))
}

/** What each member earned: bonuses and pairs by their own records, less what was reversed. */
export async function earnedSums(reader: Reader): Promise<Map<number, bigint>> {
  const [bonuses, pairs] = await Promise.all([
    reader.referralBonus.groupBy({ by: ['referrerId'], _sum: { amount: true, reversedAmount: true } }),
    reader.earning.groupBy({ by: ['userId'], _sum: { amount: true } }),
  ])
  const sums = new Map<number, bigint>()
  for (const { referrerId, _sum } of bonuses) sums.set(referrerId, (_sum.amount ?? 0n) - (_sum.reversedAmount ?? 0n))
  for (const { userId, _sum } of pairs) sums.set(userId, (sums.get(userId) ?? 0n) + (_sum.amount ?? 0n))
  return sums
}

/** What each member asked for in payouts of a state. */
export async function payoutSums(
  reader: Reader,
  statuses: readonly ('pending' | 'processing' | 'completed')[],
): Promise<Map<number, bigint>> {
  const rows = await reader.payout.groupBy({
    by: ['userId'],
    where: { status: { in: [...statuses] } },
    _sum: { requestedAmount: true },
  })
  return new Map(rows.map(({ userId, _sum }) => [userId, _sum.requestedAmount ?? 0n]))
}

/** What each booking received by its payments, net of refunds. */
export async function paymentSums(reader: Reader): Promise<Map<number, bigint>> {
  const rows = await reader.payment.groupBy({
    by: ['bookingId'],
    where: { status: { in: ['completed', 'refunded'] } },
    _sum: { amount: true, refundedAmount: true },
  })
  return new Map(rows.map(({ bookingId, _sum }) => [bookingId, (_sum.amount ?? 0n) - (_sum.refundedAmount ?? 0n)]))
}

/** What each EMI booking's instalments have received, and how many of them are paid. */
export async function instalmentSums(reader: Reader): Promise<Map<number, { paid: bigint; paidCount: number }>> {
  const [sums, counts] = await Promise.all([
    reader.instalment.groupBy({ by: ['bookingId'], _sum: { paidAmount: true } }),
    reader.instalment.groupBy({ by: ['bookingId'], where: { status: 'paid' }, _count: { id: true } }),
  ])
  const paidCount = new Map(counts.map(({ bookingId, _count }) => [bookingId, _count.id]))
  return new Map(
    sums.map(({ bookingId, _sum }) => [
      bookingId,
      { paid: _sum.paidAmount ?? 0n, paidCount: paidCount.get(bookingId) ?? 0 },
    ]),
  )
}

/** Completed payouts whose parts do not add up to what was requested; at most `limit`. */
export async function unequalPayouts(
  reader: Reader,
  limit: number,
): Promise<{ id: number; parts: bigint; requested: bigint }[]> {
  const parts = new Map(
    (await reader.payoutTransaction.groupBy({ by: ['payoutId'], _sum: { amount: true } })).map(({ payoutId, _sum }) => [
      payoutId,
      _sum.amount ?? 0n,
    ]),
  )
  const found: { id: number; parts: bigint; requested: bigint }[] = []
  for await (const page of pages((after) =>
    reader.payout.findMany({
      where: { status: 'completed', id: { gt: after } },
      select: { id: true, requestedAmount: true },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )) {
    for (const { id, requestedAmount } of page) {
      const sum = parts.get(id) ?? 0n
      if (sum !== requestedAmount && found.length < limit) found.push({ id, parts: sum, requested: requestedAmount })
    }
  }
  return found
}

const rowsAPage = 5_000

/** Pages of rows in order of id, as long as there are any. */
export async function* pages<Row extends { id: number }>(
  read: (after: number) => Promise<Row[]>,
  pageSize = rowsAPage,
): AsyncGenerator<Row[]> {
  let after = 0
  for (;;) {
    const rows = await read(after)
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!.id
  }
}

const page = (after: number) => ({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: rowsAPage }) as const

export const walletPages = (reader: Reader) => pages((after) => reader.wallet.findMany(page(after)))
export const bookingPages = (reader: Reader) => pages((after) => reader.booking.findMany(page(after)))
export const pairPages = (reader: Reader) =>
  pages((after) => reader.pair.findMany({ ...page(after), include: { earning: true } }))
export const tdsRecordPages = (reader: Reader) => pages((after) => reader.tdsRecord.findMany(page(after)))
export const memberPages = (reader: Reader) =>
  pages((after) => reader.user.findMany({ ...page(after), select: { id: true, isActiveBuyer: true } }))
export const completedPayoutPages = (reader: Reader) =>
  pages((after) =>
    reader.payout.findMany({
      where: { status: 'completed', id: { gt: after } },
      select: { id: true, userId: true, requestedAmount: true, tdsAmount: true, completedAt: true },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )

/** What every member has paid by each method, over the bookings that are neither cancelled nor expired. */
export async function paidByMember(reader: Reader) {
  const rows = await reader.payment.groupBy({
    by: ['userId', 'paymentMethod'],
    where: { status: { in: ['completed', 'refunded'] }, booking: { status: { notIn: ['cancelled', 'expired'] } } },
    _sum: { amount: true, refundedAmount: true },
  })
  return rows.map(({ userId, paymentMethod, _sum }) => ({
    userId,
    method: paymentMethod,
    amount: (_sum.amount ?? 0n) - (_sum.refundedAmount ?? 0n),
  }))
}

/** Payments that have a bonus, and those of confirmed bookings that should have one. */
export const bonusPages = (reader: Reader) =>
  pages((after) =>
    reader.payment.findMany({
      where: {
        id: { gt: after },
        OR: [
          { referralBonus: { isNot: null } },
          { status: 'completed', booking: { confirmedAt: { not: null }, status: { in: ['active', 'completed'] } } },
        ],
      },
      include: {
        referralBonus: true,
        booking: { include: { user: { select: { referredById: true } } } },
      },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )

/** Every payment with the state of its booking. */
export const paymentPages = (reader: Reader) =>
  pages((after) => reader.payment.findMany({ ...page(after), include: { booking: { select: { status: true } } } }))

export const refundPages = (reader: Reader) => pages((after) => reader.refund.findMany(page(after)))

/** What was refunded of each payment, or of each booking. */
export async function refundSums(reader: Reader, by: 'paymentId' | 'bookingId'): Promise<Map<number, bigint>> {
  const rows = await reader.refund.groupBy({ by: [by], _sum: { amount: true } })
  return new Map(rows.map((row) => [row[by], row._sum.amount ?? 0n]))
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
