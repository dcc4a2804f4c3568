import { overviews } from '@ev/db'
import type { Deps } from '../deps.ts'
import { monthsOf, type ReportDays, type ReportPeriod, reportPeriod } from './report-period.ts'

/** How many members joined, were placed, and began to count for pairs (and still do) in a month in India. */
export type GrowthRow = {
  readonly month: string
  readonly joined: number
  readonly placed: number
  readonly counted: number
}

/** The growth of the network on the days of a period, by month. Refuses with `validation.failed` a period of more than a year. */
export async function readGrowth(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  days: Partial<ReportDays>,
): Promise<{ period: ReportPeriod; rows: GrowthRow[] }> {
  const period = reportPeriod(days, clock.now())
  const { joined, placed, counted } = await overviews.growthByMonth(db.read, period)
  const rows = monthsOf(period).map((month) => ({
    month,
    joined: joined.get(month) ?? 0,
    placed: placed.get(month) ?? 0,
    counted: counted.get(month) ?? 0,
  }))
  return { period, rows }
}
