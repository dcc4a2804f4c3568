import type { BookingStatus, PaymentMethod, WalletTransactionType } from '@ev/domain'
import { Prisma } from './generated/sqlite/client.ts'
import { localDate } from './local-date.ts'
import type { Reader } from './tx.ts'

/** From an instant on and before another one. */
export type Period = { readonly from: Date; readonly before: Date }

/** A day `2026-04-01` or month `2026-04` of India's calendar, or the id of a vehicle as text. */
export type SalesKey = string
export type SalesGrouping = 'day' | 'month' | 'vehicle'

export type Receipts = { readonly payments: number; readonly received: bigint; readonly refunded: bigint }
export type Orders = { readonly bookings: number; readonly booked: bigint }

/** What the journal says that bookings received and gave back in a period. Reads the entries of the period only. */
export async function receipts(
  reader: Reader,
  { from, before }: Period,
  groupBy: SalesGrouping,
): Promise<Map<SalesKey, Receipts>> {
  const key = groupBy === 'vehicle' ? Prisma.sql`b.vehicle_id` : localDate(reader, Prisma.sql`e.created_at`, groupBy)
  // Sums are read as text: as numbers they would lose paise in one database and be decimals in the other.
  const rows = await reader.$queryRaw<{ k: unknown; payments: bigint | number; received: string; refunded: string }[]>`
    SELECT ${key} AS k,
      COUNT(CASE WHEN l.amount > 0 THEN 1 END) AS payments,
      CAST(SUM(CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END) AS CHAR) AS received,
      CAST(SUM(CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END) AS CHAR) AS refunded
    FROM journal_entries e
    JOIN journal_lines l ON l.entry_id = e.id AND l.account_kind = 'booking_receipts'
    JOIN bookings b ON b.id = l.booking_id
    WHERE e.created_at >= ${from} AND e.created_at < ${before}
    GROUP BY k`
  return new Map(
    rows.map(({ k, payments, received, refunded }) => [
      String(k),
      { payments: Number(payments), received: BigInt(received), refunded: BigInt(refunded) },
    ]),
  )
}

/** The bookings that were placed in a period, whatever became of them, and their prices. */
export async function orders(
  reader: Reader,
  { from, before }: Period,
  groupBy: SalesGrouping,
): Promise<Map<SalesKey, Orders>> {
  const key = groupBy === 'vehicle' ? Prisma.sql`b.vehicle_id` : localDate(reader, Prisma.sql`b.created_at`, groupBy)
  const rows = await reader.$queryRaw<{ k: unknown; bookings: bigint | number; booked: string }[]>`
    SELECT ${key} AS k, COUNT(*) AS bookings, CAST(SUM(b.total_amount) AS CHAR) AS booked
    FROM bookings b
    WHERE b.created_at >= ${from} AND b.created_at < ${before}
    GROUP BY k`
  return new Map(
    rows.map(({ k, bookings, booked }) => [String(k), { bookings: Number(bookings), booked: BigInt(booked) }]),
  )
}

/** The vehicles of a report by their ids. */
export async function vehicleNames(
  reader: Reader,
  ids: readonly number[],
): Promise<Map<number, { name: string; modelCode: string }>> {
  const rows = await reader.vehicle.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true, modelCode: true },
  })
  return new Map(rows.map(({ id, ...vehicle }) => [id, vehicle]))
}

export type Movements = {
  readonly type: WalletTransactionType
  readonly count: number
  readonly credited: bigint
  readonly debited: bigint
}

/** The rows of one member's statement by type; without a period from the beginning to now. */
export function movementsOf(reader: Reader, userId: number, period: Partial<Period>): Promise<Movements[]> {
  const from = period.from ? Prisma.sql`AND w.created_at >= ${period.from}` : Prisma.empty
  const before = period.before ? Prisma.sql`AND w.created_at < ${period.before}` : Prisma.empty
  return movements(reader, Prisma.sql`wallet_transactions w WHERE w.user_id = ${userId} ${from} ${before}`)
}

/** The rows of every statement by type, found through the journal of the period. */
export function movementsOfAll(reader: Reader, { from, before }: Period): Promise<Movements[]> {
  return movements(
    reader,
    Prisma.sql`journal_entries e JOIN wallet_transactions w ON w.journal_entry_id = e.id
      WHERE e.created_at >= ${from} AND e.created_at < ${before}`,
  )
}

async function movements(reader: Reader, source: Prisma.Sql): Promise<Movements[]> {
  const rows = await reader.$queryRaw<
    { type: WalletTransactionType; count: bigint | number; credited: string; debited: string }[]
  >`
    SELECT w.transaction_type AS type, COUNT(*) AS count,
      CAST(SUM(CASE WHEN w.amount > 0 THEN w.amount ELSE 0 END) AS CHAR) AS credited,
      CAST(SUM(CASE WHEN w.amount < 0 THEN -w.amount ELSE 0 END) AS CHAR) AS debited
    FROM ${source} GROUP BY w.transaction_type`
  return rows.map(({ type, count, credited, debited }) => ({
    type,
    count: Number(count),
    credited: BigInt(credited),
    debited: BigInt(debited),
  }))
}

/** A member's balance before an instant. */
export async function balanceBefore(reader: Reader, userId: number, instant: Date): Promise<bigint> {
  const last = await reader.walletTransaction.findFirst({
    where: { userId, createdAt: { lt: instant } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { balanceAfter: true },
  })
  return last?.balanceAfter ?? 0n
}

/** Everything the platform's dashboard shows, counted now. */
export async function platformFigures(reader: Reader, { month, monthStart }: { month: string; monthStart: Date }) {
  const [users, activeBuyers, bookings, wallets, payouts, pairs, commissions, kyc] = await Promise.all([
    reader.user.count(),
    reader.user.count({ where: { isActiveBuyer: true } }),
    reader.booking.aggregate({ _count: { _all: true }, _sum: { totalPaid: true } }),
    reader.wallet.aggregate({ _sum: { balance: true } }),
    reader.payout.aggregate({ where: { status: 'pending' }, _count: { _all: true }, _sum: { requestedAmount: true } }),
    reader.pair.count({ where: { month, status: { in: ['matched', 'processed'] } } }),
    commissionsSince(reader, monthStart),
    reader.kyc.count({ where: { status: 'pending' } }),
  ])
  return {
    totalUsers: users,
    activeBuyers,
    totalBookings: bookings._count._all,
    totalRevenue: bookings._sum.totalPaid ?? 0n,
    totalWalletBalance: wallets._sum.balance ?? 0n,
    pendingPayouts: payouts._count._all,
    pendingPayoutAmount: payouts._sum.requestedAmount ?? 0n,
    pairsThisMonth: pairs,
    commissionsThisMonth: commissions,
    pendingKyc: kyc,
  }
}

/** Bonuses and pairs that were credited since an instant, less reversals. */
async function commissionsSince(reader: Reader, since: Date): Promise<bigint> {
  const [row] = await reader.$queryRaw<{ amount: string | null }[]>`
    SELECT CAST(-SUM(l.amount) AS CHAR) AS amount
    FROM journal_entries e
    JOIN journal_lines l ON l.entry_id = e.id AND l.account_kind = 'commission_expense'
    WHERE e.created_at >= ${since}`
  return BigInt(row?.amount ?? 0)
}

/** What one member did and earned. */
export async function memberActivity(reader: Reader, userId: number) {
  const counted = { status: { in: ['completed', 'refunded'] as ('completed' | 'refunded')[] } }
  const [bookings, payments, referrals, activeReferrals, placement, earnings, bonuses, wallet] = await Promise.all([
    reader.booking.groupBy({
      by: ['status'],
      where: { userId },
      _count: { _all: true },
      _sum: { totalAmount: true, totalPaid: true },
    }),
    reader.payment.groupBy({
      by: ['paymentMethod'],
      where: { userId, ...counted },
      _count: { _all: true },
      _sum: { amount: true, refundedAmount: true },
    }),
    reader.user.count({ where: { referredById: userId } }),
    reader.user.count({ where: { referredById: userId, isActiveBuyer: true } }),
    reader.placement.findUnique({ where: { userId }, select: { legs: true } }),
    // An earning is taken back whole or not at all.
    reader.earning.aggregate({
      where: { userId, reversedAmount: 0n },
      _count: { _all: true },
      _sum: { amount: true, emiDeducted: true, netAmount: true },
    }),
    reader.referralBonus.aggregate({
      where: { referrerId: userId },
      _count: { _all: true },
      _sum: { amount: true, reversedAmount: true },
    }),
    reader.wallet.findUnique({ where: { userId } }),
  ])
  return {
    bookings: bookings.map(({ status, _count, _sum }) => ({
      status: status as BookingStatus,
      count: _count._all,
      total: _sum.totalAmount ?? 0n,
      paid: _sum.totalPaid ?? 0n,
    })),
    payments: payments.map(({ paymentMethod, _count, _sum }) => ({
      method: paymentMethod as PaymentMethod,
      count: _count._all,
      amount: (_sum.amount ?? 0n) - (_sum.refundedAmount ?? 0n),
    })),
    referrals: { count: referrals, activeBuyers: activeReferrals },
    team: { left: placement?.legs?.leftTeam ?? 0, right: placement?.legs?.rightTeam ?? 0 },
    pairs: {
      count: earnings._count._all,
      earned: earnings._sum.amount ?? 0n,
      emiDeducted: earnings._sum.emiDeducted ?? 0n,
      net: earnings._sum.netAmount ?? 0n,
    },
    bonuses: {
      count: bonuses._count._all,
      earned: (bonuses._sum.amount ?? 0n) - (bonuses._sum.reversedAmount ?? 0n),
    },
    wallet,
  }
}
