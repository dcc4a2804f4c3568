import type { Reader } from '../client.ts'
import { directTable } from '../direct/table.ts'
import { paymentTable } from '../direct/tables.ts'
import { type Booking, type Payment, Prisma, type User } from '../generated/sqlite/client.ts'
import { directOf } from '../tx.ts'
import { type IdRange, page, pages, rowsAPage, within } from './pages.ts'
import { rangeOf, tableRange } from './table-pages.ts'
import { referralBonusTable, refundTable } from './verified-tables.ts'

const bookingFacts = directTable<
  Pick<Booking, 'bookingNumber' | 'userId' | 'status' | 'confirmedAt' | 'createdAt' | 'referredById'>
>({
  bookingNumber: 'text',
  userId: 'int',
  status: 'text',
  confirmedAt: 'instant',
  createdAt: 'instant',
  referredById: 'int',
})

const referrerOf = directTable<Pick<User, 'referredById'>>({ referredById: 'int' })

const paymentsWithBookings = `SELECT ${paymentTable.columns('p')}, ${bookingFacts.columns('b')}, ${referrerOf.columns('u')}
  FROM payments p JOIN bookings b ON b.id = p.booking_id JOIN users u ON u.id = b.user_id
  WHERE p.id > ? ORDER BY p.id LIMIT ${rowsAPage}`

/** Payments with their bonus, the booking as far as it decides about the bonus, and the member's own referrer. */
export const readPayments = (reader: Reader) => async (after: number) => {
  const rows = await directOf(reader).rows(paymentsWithBookings, [after])
  const payments = rows.map((row) => ({
    ...paymentTable.read(row),
    booking: {
      ...bookingFacts.read(row, paymentTable.width),
      user: referrerOf.read(row, paymentTable.width + bookingFacts.width),
    },
  }))
  const of = { column: 'payment_id', range: rangeOf(payments) }
  const bonuses = await tableRange(reader, 'referral_bonuses', referralBonusTable, of)
  const bonusOf = new Map(bonuses.map((bonus) => [bonus.paymentId, bonus]))
  return payments.map((payment) => ({ ...payment, referralBonus: bonusOf.get(payment.id) ?? null }))
}

/** What was refunded of these payments. */
export async function refundSums(reader: Reader, range: IdRange): Promise<Map<number, bigint>> {
  const rows = await reader.refund.groupBy({
    by: ['paymentId'],
    where: { paymentId: within(range) },
    _sum: { amount: true },
  })
  return new Map(rows.map(({ paymentId, _sum }) => [paymentId, _sum.amount ?? 0n]))
}

const refundedFacts = directTable<Pick<Payment, 'userId' | 'bookingId' | 'paymentMethod'>>({
  userId: 'int',
  bookingId: 'int',
  paymentMethod: 'text',
})

const numberOf = directTable<Pick<Booking, 'bookingNumber'>>({ bookingNumber: 'text' })

const refundsWithPayments = `SELECT ${refundTable.columns('r')}, ${refundedFacts.columns('p')}, ${numberOf.columns('b')}
  FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN bookings b ON b.id = p.booking_id
  WHERE r.id > ? ORDER BY r.id LIMIT ${rowsAPage}`

/** Refunds with the payment that they give back. */
export const readRefunds = (reader: Reader) => async (after: number) => {
  const rows = await directOf(reader).rows(refundsWithPayments, [after])
  return rows.map((row) => ({
    ...refundTable.read(row),
    payment: {
      ...refundedFacts.read(row, refundTable.width),
      booking: numberOf.read(row, refundTable.width + refundedFacts.width),
    },
  }))
}

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
