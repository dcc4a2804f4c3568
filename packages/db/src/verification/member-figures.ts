import type { Reader } from '../client.ts'
import { page, pages } from './pages.ts'

export const memberPages = (reader: Reader) =>
  pages((after) => reader.user.findMany({ ...page(after), select: { id: true, isActiveBuyer: true } }))

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
