import type { PaidByMethod } from '@ev/domain'
import type { Reader } from '../client.ts'
import { directTable } from '../direct/table.ts'
import type { User } from '../generated/sqlite/client.ts'
import { rangedPages, within } from './pages.ts'
import { tablePage } from './table-pages.ts'

const memberFacts = directTable<Pick<User, 'id' | 'isActiveBuyer'>>({ id: 'int', isActiveBuyer: 'flag' })

/** Members page by page, each page with what its members have paid by each method, over the bookings that are neither cancelled nor expired. */
export async function* membersWithPayments(reader: Reader) {
  for await (const { rows, range } of rangedPages(tablePage(reader, 'users', memberFacts))) {
    const sums = await reader.payment.groupBy({
      by: ['userId', 'paymentMethod'],
      where: {
        userId: within(range),
        status: { in: ['completed', 'refunded'] },
        booking: { status: { notIn: ['cancelled', 'expired'] } },
      },
      _sum: { amount: true, refundedAmount: true },
    })
    const paid = new Map<number, PaidByMethod>()
    for (const { userId, paymentMethod, _sum } of sums) {
      const amount = (_sum.amount ?? 0n) - (_sum.refundedAmount ?? 0n)
      paid.set(userId, { ...paid.get(userId), [paymentMethod]: amount })
    }
    yield { rows, paid }
  }
}
