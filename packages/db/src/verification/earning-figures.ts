import type { Reader } from '../client.ts'
import { page, pages, rowsAPage } from './pages.ts'

/** Payments that have a bonus, and those of confirmed bookings that should have one. */
export const bonusPages = (reader: Reader) =>
  pages((after) =>
    reader.payment.findMany({
      where: {
        id: { gt: after },
        OR: [
          { referralBonus: { isNot: null } },
          { status: 'completed', booking: { confirmedAt: { not: null }, status: { in: ['active', 'completed'] } } },
        ],
      },
      include: {
        referralBonus: true,
        booking: { include: { user: { select: { referredById: true } } } },
      },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    }),
  )

const withReversal = { journalEntry: { select: { reversedBy: { select: { key: true } } } } } as const

/** Pairs with what they earned and the key of the entry that took it back. */
export const pairPages = (reader: Reader) =>
  pages((after) => reader.pair.findMany({ ...page(after), include: { earning: { include: withReversal } } }))
