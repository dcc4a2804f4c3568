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

export const pairPages = (reader: Reader) =>
  pages((after) => reader.pair.findMany({ ...page(after), include: { earning: true } }))
