import type { Reader } from '../client.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { type IdRange, page, pages, within } from './pages.ts'

/** Payments with their bonus, the booking as far as it decides about the bonus, and the member's own referrer. */
export const readPayments = (reader: Reader) => (after: number) =>
  reader.payment.findMany({
    ...page(after),
    include: {
      referralBonus: true,
      booking: {
        select: {
          bookingNumber: true,
          userId: true,
          status: true,
          confirmedAt: true,
          createdAt: true,
          referredById: true,
          user: { select: { referredById: true } },
        },
      },
    },
  })

/** What was refunded of these payments. */
export async function refundSums(reader: Reader, range: IdRange): Promise<Map<number, bigint>> {
  const rows = await reader.refund.groupBy({
    by: ['paymentId'],
    where: { paymentId: within(range) },
    _sum: { amount: true },
  })
  return new Map(rows.map(({ paymentId, _sum }) => [paymentId, _sum.amount ?? 0n]))
}

/** Refunds with the payment that they give back. */
export const readRefunds = (reader: Reader) => (after: number) =>
  reader.refund.findMany({
    ...page(after),
    include: {
      payment: {
        select: { userId: true, bookingId: true, paymentMethod: true, booking: { select: { bookingNumber: true } } },
      },
    },
  })

/** Orders at a gateway with the payment that they became. */
export const orderPages = (reader: Reader) =>
  pages((after) =>
    reader.paymentOrder.findMany({
      ...page(after),
      include: { payment: { select: { amount: true, bookingId: true, userId: true } } },
    }),
  )

/** What came from outside by payments, also what was refunded since, and what administrators put into wallets or corrected in them. */
export async function outsideSums(
  reader: Reader,
  { lastPaymentId }: { lastPaymentId: number },
): Promise<{ payments: bigint; deposits: bigint; adjustments: bigint; transfers: bigint; tds: bigint }> {
  const [paid, adjusted, transferred, withheld] = await Promise.all([
    reader.payment.aggregate({
      where: { status: { in: ['completed', 'refunded'] }, paymentMethod: { in: ['online', 'bank_transfer', 'cash'] } },
      _sum: { amount: true },
    }),
    reader.walletAdjustment.groupBy({ by: ['kind'], _sum: { amount: true } }),
    // One without a hold was paid by the replaced platform; what it withheld has been taken over as owed.
    reader.payout.aggregate({ where: { status: 'completed', hold: { isNot: null } }, _sum: { transferAmount: true } }),
    reader.payout.aggregate({ where: { status: 'completed' }, _sum: { tdsAmount: true } }),
  ])
  const neverPosted = await givenBackBefore(reader, lastPaymentId)
  const of = (wanted: 'deposit' | 'adjustment') => adjusted.find(({ kind }) => kind === wanted)?._sum.amount ?? 0n
  return {
    payments: (paid._sum.amount ?? 0n) - neverPosted,
    deposits: of('deposit'),
    adjustments: of('adjustment'),
    transfers: transferred._sum.transferAmount ?? 0n,
    tds: withheld._sum.tdsAmount ?? 0n,
  }
}

/** What all members have earned by bonuses and pairs, less what was reversed. */
export async function commissionSum(reader: Reader): Promise<bigint> {
  const [bonuses, pairs] = await Promise.all([
    reader.referralBonus.aggregate({ _sum: { amount: true, reversedAmount: true } }),
    reader.earning.aggregate({ _sum: { amount: true, reversedAmount: true } }),
  ])
  const kept = ({ _sum }: { _sum: { amount: bigint | null; reversedAmount: bigint | null } }) =>
    (_sum.amount ?? 0n) - (_sum.reversedAmount ?? 0n)
  return kept(bonuses) + kept(pairs)
}

/** What the replaced platform had received from outside and given back before its payments, up to this one, were taken over. */
async function givenBackBefore(reader: Reader, lastPaymentId: number): Promise<bigint> {
  const [row] = await reader.$queryRaw<{ total: bigint | number | string }[]>(Prisma.sql`
    SELECT COALESCE(SUM(p.amount), 0) AS total FROM payments p
    WHERE p.id <= ${lastPaymentId} AND p.status = 'refunded' AND p.payment_method IN ('online', 'bank_transfer', 'cash')
      AND NOT EXISTS (SELECT 1 FROM journal_entries e WHERE e.reference_type = 'payment' AND e.reference_id = p.id)`)
  return BigInt(row?.total ?? 0)
}
