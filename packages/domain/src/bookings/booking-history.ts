import type { Instant } from '../calendar.ts'
import type { Paise } from '../money.ts'
import type { Booking } from './booking.ts'
import type { Instalment } from './emi.ts'

/** Money that came into a booking (> 0) or was refunded out of it (< 0). `threshold` is the plan's, from which a payment confirms. */
export type Receipt = { readonly amount: Paise; readonly at: Instant; readonly threshold: Paise }

/** What must have become of an instalment: what it received, and since when it has been paid. */
export type InstalmentHistory = { readonly paid: Paise; readonly paidAt: Instant | null }

/** What a booking must say of itself after its receipts, before it was closed, if it was. */
export type BookingHistory = {
  readonly totalPaid: Paise
  readonly status: 'pending' | 'active' | 'completed'
  readonly confirmedAt: Instant | null
  readonly completedAt: Instant | null
  readonly instalments: readonly InstalmentHistory[]
  readonly emiPaidCount: number
}

/**
 * Follows what a booking received and gave back, oldest first: the payment that reaches the threshold or the total confirms it, the one that
 * reaches the total completes it, and a refund takes neither back. Money fills the booking amount and then the oldest instalments; one that
 * a refund has opened again is paid from when it was filled again.
 */
export function bookingHistory(
  booking: Pick<Booking, 'total' | 'bookingAmount'>,
  receipts: readonly Receipt[],
  schedule: readonly Pick<Instalment, 'principal'>[],
): BookingHistory {
  const paidFrom = reachesOf(booking.bookingAmount, schedule)
  const paidAt: (Instant | null)[] = schedule.map(() => null)
  let totalPaid = 0n
  let confirmedAt: Instant | null = null
  let completedAt: Instant | null = null
  for (const { amount, at, threshold } of receipts) {
    totalPaid += amount
    for (const [index, reach] of paidFrom.entries()) paidAt[index] = totalPaid >= reach ? (paidAt[index] ?? at) : null
    if (amount < 0n) continue
    if (totalPaid >= threshold || totalPaid === booking.total) confirmedAt ??= at
    if (totalPaid === booking.total) completedAt ??= at
  }
  const status = completedAt ? 'completed' : confirmedAt ? 'active' : 'pending'
  const instalments = schedule.map(({ principal }, index) => ({
    paid: partBelow(totalPaid, { reach: paidFrom[index]!, principal }),
    paidAt: paidAt[index]!,
  }))
  const emiPaidCount = instalments.filter((instalment) => instalment.paidAt !== null).length
  return { totalPaid, status, confirmedAt, completedAt, instalments, emiPaidCount }
}

/** The total from which each instalment is paid. */
function reachesOf(bookingAmount: Paise, schedule: readonly Pick<Instalment, 'principal'>[]): Paise[] {
  let reach = bookingAmount
  return schedule.map(({ principal }) => {
    reach += principal
    return reach
  })
}

function partBelow(totalPaid: Paise, { reach, principal }: { reach: Paise; principal: Paise }): Paise {
  if (totalPaid >= reach) return principal
  const part = totalPaid - (reach - principal)
  return part > 0n ? part : 0n
}
