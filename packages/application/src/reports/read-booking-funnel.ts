import { overviews } from '@ev/db'
import { type BookingStatus, bookingStatuses, type Paise } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { type ReportDays, type ReportPeriod, reportPeriod } from './report-period.ts'

/** The bookings in one state: how many, their prices, and what they have received net of refunds, in paise. */
export type FunnelRow = {
  readonly status: BookingStatus
  readonly count: number
  readonly total: Paise
  readonly paid: Paise
}

/**
 * What became of the bookings that were placed in a period: a row for every state, as it is now. Refuses with `validation.failed` a period of more
 * than a year.
 */
export async function readBookingFunnel(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  days: Partial<ReportDays>,
): Promise<{ period: ReportPeriod; rows: FunnelRow[] }> {
  const period = reportPeriod(days, clock.now())
  const found = await overviews.bookingsByStatus(db.read, period)
  const rows = bookingStatuses.map(
    (status) => found.find((row) => row.status === status) ?? { status, count: 0, total: 0n, paid: 0n },
  )
  return { period, rows }
}
