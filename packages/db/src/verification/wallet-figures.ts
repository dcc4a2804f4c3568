import type { Reader } from '../client.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { page, pages } from './pages.ts'

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
    reader.earning.groupBy({ by: ['userId'], _sum: { amount: true, reversedAmount: true } }),
  ])
  const sums = new Map<number, bigint>()
  for (const { referrerId, _sum } of bonuses) sums.set(referrerId, (_sum.amount ?? 0n) - (_sum.reversedAmount ?? 0n))
  for (const { userId, _sum } of pairs) {
    const earned = (_sum.amount ?? 0n) - (_sum.reversedAmount ?? 0n)
    sums.set(userId, (sums.get(userId) ?? 0n) + earned)
  }
  return sums
}

export const walletPages = (reader: Reader) => pages((after) => reader.wallet.findMany(page(after)))

/** What administrators put into wallets or corrected in them. */
export const adjustmentPages = (reader: Reader) => pages((after) => reader.walletAdjustment.findMany(page(after)))
