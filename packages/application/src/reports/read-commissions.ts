import { overviews, plans } from '@ev/db'
import { addMonths, type Paise, startOfIstMonth } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { keptForAMinute } from './kept.ts'
import { monthsOf, type ReportDays, type ReportPeriod, reportPeriod } from './report-period.ts'

/** Pairs and commissions of one month in India; amounts in paise. */
export type CommissionsRow = {
  /** `2026-04` */
  readonly month: string
  /** Pairs of the month that stand, and what they earn. */
  readonly pairs: number
  readonly earned: Paise
  readonly reversedPairs: number
  /** What the journal credited in the month as bonuses and for pairs, less what was taken back. */
  readonly commissions: Paise
  /** How many pairs a member may make in the month, and how many members made that many. */
  readonly monthlyLimit: number
  readonly membersAtLimit: number
}

/**
 * Pairs and commissions of every month that the days touch, each month whole, counted at most once a minute; months without any are shown with zeros. Refuses with
 * `validation.failed` a period of more than a year.
 */
export async function readCommissions(
  deps: Pick<Deps, 'db' | 'clock' | 'cache' | 'log'>,
  days: Partial<ReportDays>,
): Promise<{ period: ReportPeriod; rows: CommissionsRow[] }> {
  const now = deps.clock.now()
  const period = reportPeriod(days, now)
  const months = monthsOf(period)
  const key = `reports:commissions:${months[0]}:${months.length}`
  return { period, rows: await keptForAMinute(deps, key, () => count(deps, { months, now })) }
}

async function count(
  { db }: Pick<Deps, 'db'>,
  { months, now }: { months: readonly string[]; now: Date },
): Promise<CommissionsRow[]> {
  const span = { first: months[0]!, last: months.at(-1)! }
  const whole = { from: startOfIstMonth(span.first), before: startOfNext(span.last) }
  const [pairs, made, commissions] = await Promise.all([
    overviews.pairsByMonth(db.read, span),
    overviews.pairsAMember(db.read, span),
    overviews.commissionsByMonth(db.read, whole),
  ])
  const rows: CommissionsRow[] = []
  for (const month of months) {
    const lastInstant = Math.min(startOfNext(month).getTime() - 1, now.getTime())
    const { monthlyPairLimit } = await plans.current(db.read, new Date(lastInstant))
    const { pairs: standing = 0, earned = 0n, reversed = 0 } = pairs.get(month) ?? {}
    rows.push({
      month,
      pairs: standing,
      earned,
      reversedPairs: reversed,
      commissions: commissions.get(month) ?? 0n,
      monthlyLimit: monthlyPairLimit,
      membersAtLimit: made
        .filter((each) => each.month === month && each.pairs >= monthlyPairLimit)
        .reduce((sum, { members }) => sum + members, 0),
    })
  }
  return rows
}

function startOfNext(month: string): Date {
  return startOfIstMonth(addMonths(`${month}-01`, 1).slice(0, 7))
}
