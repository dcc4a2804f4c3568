import type { BookingStatus } from '@ev/domain'
import { Prisma } from './generated/sqlite/client.ts'
import { localDate } from './local-date.ts'
import type { Period } from './reports.ts'
import type { Reader } from './tx.ts'

/** Months of India's calendar, `2026-04`, both included. */
export type Months = { readonly first: string; readonly last: string }

type Counted = { readonly k: string; readonly n: bigint | number }

/** The bookings that were placed in a period by the state in which they are now; amounts in paise. */
export async function bookingsByStatus(reader: Reader, { from, before }: Period) {
  const rows = await reader.booking.groupBy({
    by: ['status'],
    where: { createdAt: { gte: from, lt: before } },
    _count: { _all: true },
    _sum: { totalAmount: true, totalPaid: true },
  })
  return rows.map(({ status, _count, _sum }) => ({
    status: status as BookingStatus,
    count: _count._all,
    total: _sum.totalAmount ?? 0n,
    paid: _sum.totalPaid ?? 0n,
  }))
}

/** How many pairs stand of each month, what they earn in paise, and how many were reversed. */
export async function pairsByMonth(reader: Reader, { first, last }: Months) {
  const rows = await reader.pair.groupBy({
    by: ['month', 'status'],
    where: { month: { gte: first, lte: last } },
    _count: { _all: true },
    _sum: { earningAmount: true },
  })
  const months = new Map<string, { pairs: number; earned: bigint; reversed: number }>()
  for (const { month, status, _count, _sum } of rows) {
    const sums = months.get(month) ?? { pairs: 0, earned: 0n, reversed: 0 }
    if (status === 'reversed') sums.reversed += _count._all
    else {
      sums.pairs += _count._all
      sums.earned += _sum.earningAmount ?? 0n
    }
    months.set(month, sums)
  }
  return months
}

/** How many members made so many pairs in a month, reversed ones included, as the monthly limit counts them. */
export async function pairsAMember(reader: Reader, { first, last }: Months) {
  const rows = await reader.$queryRaw<{ month: string; pairs: bigint | number; members: bigint | number }[]>`
    SELECT month, pairs, COUNT(*) AS members
    FROM (SELECT month, user_id, COUNT(*) AS pairs FROM pairs WHERE month >= ${first} AND month <= ${last} GROUP BY month, user_id) AS made
    GROUP BY month, pairs`
  return rows.map(({ month, pairs, members }) => ({ month, pairs: Number(pairs), members: Number(members) }))
}

/** Bonuses and pairs that were credited in each month, less what was taken back, as the journal has it; paise. */
export async function commissionsByMonth(reader: Reader, { from, before }: Period): Promise<Map<string, bigint>> {
  const rows = await reader.$queryRaw<{ k: string; amount: string }[]>`
    SELECT ${localDate(reader, Prisma.sql`e.created_at`, 'month')} AS k, CAST(-SUM(l.amount) AS CHAR) AS amount
    FROM journal_entries e
    JOIN journal_lines l ON l.entry_id = e.id AND l.account_kind = 'commission_expense'
    WHERE e.created_at >= ${from} AND e.created_at < ${before}
    GROUP BY k`
  return new Map(rows.map(({ k, amount }) => [k, BigInt(amount)]))
}

/** How many members joined, were placed in the tree, and began to count for pairs (and still do) in each month. */
export async function growthByMonth(reader: Reader, period: Period) {
  const [joined, placed, counted] = await Promise.all([
    countByMonth(reader, period, { table: Prisma.sql`users`, column: Prisma.sql`date_joined`, role: 'user' }),
    countByMonth(reader, period, { table: Prisma.sql`placements`, column: Prisma.sql`placed_at` }),
    countByMonth(reader, period, { table: Prisma.sql`placements`, column: Prisma.sql`qualified_at` }),
  ])
  return { joined, placed, counted }
}

type CountedColumn = { readonly table: Prisma.Sql; readonly column: Prisma.Sql; readonly role?: 'user' }

async function countByMonth(reader: Reader, { from, before }: Period, { table, column, role }: CountedColumn) {
  const only = role === undefined ? Prisma.empty : Prisma.sql`AND role = ${role}`
  const rows = await reader.$queryRaw<Counted[]>`
    SELECT ${localDate(reader, column, 'month')} AS k, COUNT(*) AS n FROM ${table}
    WHERE ${column} >= ${from} AND ${column} < ${before} ${only} GROUP BY k`
  return new Map(rows.map(({ k, n }) => [k, Number(n)]))
}

/** What the platform owes its members, and they owe it, over all wallets; paise. */
export async function liabilities(reader: Reader) {
  const { _count, _sum } = await reader.wallet.aggregate({
    _count: { _all: true },
    _sum: { balance: true, held: true, emiReserve: true, recoverable: true },
  })
  return {
    wallets: _count._all,
    balance: _sum.balance ?? 0n,
    held: _sum.held ?? 0n,
    emiReserve: _sum.emiReserve ?? 0n,
    recoverable: _sum.recoverable ?? 0n,
  }
}

/** The payouts and the tax withheld of each quarter, for the newest `take` financial years that have any, oldest first; paise. */
export async function taxByQuarter(reader: Reader, { take }: { take: number }) {
  const years = await reader.tdsRecord.groupBy({
    by: ['financialYear'],
    orderBy: { financialYear: 'desc' },
    take,
    _sum: {
      q1Payout: true,
      q2Payout: true,
      q3Payout: true,
      q4Payout: true,
      q1Tds: true,
      q2Tds: true,
      q3Tds: true,
      q4Tds: true,
    },
  })
  return years.reverse().flatMap(({ financialYear, _sum }) => [
    { financialYear, quarter: 'Q1' as const, payout: _sum.q1Payout ?? 0n, tds: _sum.q1Tds ?? 0n },
    { financialYear, quarter: 'Q2' as const, payout: _sum.q2Payout ?? 0n, tds: _sum.q2Tds ?? 0n },
    { financialYear, quarter: 'Q3' as const, payout: _sum.q3Payout ?? 0n, tds: _sum.q3Tds ?? 0n },
    { financialYear, quarter: 'Q4' as const, payout: _sum.q4Payout ?? 0n, tds: _sum.q4Tds ?? 0n },
  ])
}
