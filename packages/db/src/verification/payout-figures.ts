import type { Reader } from '../client.ts'
import { page, pages, rowsAPage } from './pages.ts'

/** Payouts with their holds, the rows of their parts, and the member's identity check as far as the tax depends on it. */
export const readPayouts = (reader: Reader) => (after: number) =>
  reader.payout.findMany({
    ...page(after),
    include: {
      hold: { select: { userId: true, amount: true, status: true } },
      transactions: { select: { transactionType: true, amount: true } },
      user: { select: { erasedAt: true, kyc: { select: { panHash: true } } } },
    },
  })

/** Completed payouts with what the tax records say of them. */
export const completedPayoutPages = (reader: Reader) =>
  pages((after) =>
    reader.payout.findMany({
      where: { status: 'completed', id: { gt: after } },
      select: { id: true, userId: true, requestedAmount: true, tdsAmount: true, completedAt: true, updatedAt: true },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )

export const tdsRecordPages = (reader: Reader) => pages((after) => reader.tdsRecord.findMany(page(after)))

/** Batches with the transfers of their payouts. */
export const batchPages = (reader: Reader) =>
  pages((after) =>
    reader.payoutBatch.findMany({ ...page(after), include: { payouts: { select: { transferAmount: true } } } }),
  )
