import { overviews } from '@ev/db'
import type { Deps } from '../deps.ts'
import { keptForAMinute } from './kept.ts'
import { monthsOf, type ReportDays, type ReportPeriod, reportPeriod } from './report-period.ts'

/** How many members joined, were placed, and began to count for pairs (and still do) in a month in India. */
export type GrowthRow = {
  readonly month: string
  readonly joined: number
  readonly placed: number
  readonly counted: number
}

/** The growth of the network on the days of a period, by month, counted at most once a minute. Refuses with `validation.failed` a period of more than a year. */
export async function readGrowth(
  deps: Pick<Deps, 'db' | 'clock' | 'cache' | 'log'>,
  days: Partial<ReportDays>,
): Promise<{ period: ReportPeriod; rows: GrowthRow[] }> {
  const period = reportPeriod(days, deps.clock.now())
  const key = `reports:growth:${period.startDate}:${period.endDate}`
  return { period, rows: await keptForAMinute(deps, key, () => count(deps, period)) }
}

async function count({ db }: Pick<Deps, 'db'>, period: ReportPeriod): Promise<GrowthRow[]> {
  const { joined, placed, counted } = await overviews.growthByMonth(db.read, period)
  return monthsOf(period).map((month) => ({
    month,
    joined: joined.get(month) ?? 0,
    placed: placed.get(month) ?? 0,
    counted: counted.get(month) ?? 0,
  }))
}
