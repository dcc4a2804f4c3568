import type { Reader } from '../client.ts'
import { walletTable } from '../direct/tables.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { directOf } from '../tx.ts'
import { type IdRange, rangedPages, rowsAPage, within } from './pages.ts'

const membersWithWallets = `SELECT u.id, ${walletTable.columns('w')}
  FROM users u LEFT JOIN wallets w ON w.user_id = u.id WHERE u.id > ? ORDER BY u.id LIMIT ${rowsAPage}`

/** Members with their wallets, and the range of members that each page stands for. */
export const memberPages = (reader: Reader) =>
  rangedPages(async (after) => {
    const rows = await directOf(reader).rows(membersWithWallets, [after])
    return rows.map((row) => ({ id: Number(row[0]), wallet: row[1] === null ? null : walletTable.read(row, 1) }))
  })

/** What the statements of these members end with. */
export async function lastBalances(reader: Reader, { after, upTo }: IdRange): Promise<Map<number, bigint>> {
  const rows = await reader.$queryRaw<{ user_id: number | bigint; balance_after: bigint }[]>(Prisma.sql`
    SELECT user_id, balance_after FROM wallet_transactions WHERE id IN (
      SELECT MAX(id) FROM wallet_transactions WHERE user_id > ${after} AND user_id <= ${upTo} GROUP BY user_id)`)
  return new Map(rows.map(({ user_id, balance_after }) => [Number(user_id), BigInt(balance_after)]))
}

/** Statement rows of these members that do not begin where the row before them ended, or do not add up, or are below zero. */
export async function brokenRows(
  reader: Reader,
  { after, upTo }: IdRange,
): Promise<{ id: number; userId: number; before: bigint; amount: bigint; balanceAfter: bigint; expected: bigint }[]> {
  const rows = await reader.$queryRaw<
    {
      id: number | bigint
      user_id: number | bigint
      amount: bigint
      balance_before: bigint
      balance_after: bigint
      expected: bigint
    }[]
  >(Prisma.sql`
    SELECT id, user_id, amount, balance_before, balance_after, expected FROM (
      SELECT id, user_id, amount, balance_before, balance_after,
        COALESCE(LAG(balance_after) OVER (PARTITION BY user_id ORDER BY id), 0) AS expected
      FROM wallet_transactions WHERE user_id > ${after} AND user_id <= ${upTo}
    ) AS chain WHERE balance_before <> expected OR balance_after <> balance_before + amount OR balance_after < 0 ORDER BY id`)
  return rows.map((row) => ({
    id: Number(row.id),
    userId: Number(row.user_id),
    before: BigInt(row.balance_before),
    amount: BigInt(row.amount),
    balanceAfter: BigInt(row.balance_after),
    expected: BigInt(row.expected),
  }))
}

/** What these members earned: bonuses and pairs by their own records, less what was reversed. */
export async function earnedSums(reader: Reader, range: IdRange): Promise<Map<number, bigint>> {
  const [bonuses, pairs] = await Promise.all([
    reader.referralBonus.groupBy({
      by: ['referrerId'],
      where: { referrerId: within(range) },
      _sum: { amount: true, reversedAmount: true },
    }),
    reader.earning.groupBy({
      by: ['userId'],
      where: { userId: within(range) },
      _sum: { amount: true, reversedAmount: true },
    }),
  ])
  const sums = new Map<number, bigint>()
  for (const { referrerId, _sum } of bonuses) sums.set(referrerId, (_sum.amount ?? 0n) - (_sum.reversedAmount ?? 0n))
  for (const { userId, _sum } of pairs) {
    const earned = (_sum.amount ?? 0n) - (_sum.reversedAmount ?? 0n)
    sums.set(userId, (sums.get(userId) ?? 0n) + earned)
  }
  return sums
}

/** What these members asked for in payouts of some states. */
export async function requestedSums(
  reader: Reader,
  range: IdRange,
  statuses: readonly ('pending' | 'processing' | 'completed')[],
): Promise<Map<number, bigint>> {
  const rows = await reader.payout.groupBy({
    by: ['userId'],
    where: { userId: within(range), status: { in: [...statuses] } },
    _sum: { requestedAmount: true },
  })
  return new Map(rows.map(({ userId, _sum }) => [userId, _sum.requestedAmount ?? 0n]))
}

/** What administrators put into wallets, or corrected in them, page by page. */
export const readAdjustments = (reader: Reader, kind: 'deposit' | 'adjustment') => (after: number) =>
  reader.walletAdjustment.findMany({
    where: { kind, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: rowsAPage,
  })
