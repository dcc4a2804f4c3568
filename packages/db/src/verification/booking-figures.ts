import type { Reader } from '../client.ts'
import { page, pages } from './pages.ts'

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

export const bookingPages = (reader: Reader) => pages((after) => reader.booking.findMany(page(after)))

/** What was refunded of each payment, or of each booking. */
export async function refundSums(reader: Reader, by: 'paymentId' | 'bookingId'): Promise<Map<number, bigint>> {
  const rows = await reader.refund.groupBy({ by: [by], _sum: { amount: true } })
  return new Map(rows.map((row) => [row[by], row._sum.amount ?? 0n]))
}

/** Every payment with the state of its booking. */
export const paymentPages = (reader: Reader) =>
  pages((after) => reader.payment.findMany({ ...page(after), include: { booking: { select: { status: true } } } }))

export const refundPages = (reader: Reader) => pages((after) => reader.refund.findMany(page(after)))
