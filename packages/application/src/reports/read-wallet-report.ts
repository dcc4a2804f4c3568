import { reports, users } from '@ev/db'
import { type Paise, walletTransactionTypes } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { type ReportDays, type ReportPeriod, reportPeriod } from './report-period.ts'

export type WalletReport = {
  /** Null: every member's wallet. */
  readonly userId: number | null
  readonly period: ReportPeriod
  /** A row for every type that moved anything, in the order of the types. */
  readonly rows: readonly (reports.Movements & { readonly net: Paise })[]
  /** Before and after the period; null for all wallets together. `opening + Σ net = closing`. */
  readonly balances: { readonly opening: Paise; readonly closing: Paise } | null
}

/**
 * What moved a wallet in a period, or all of them, by type of movement. Refuses with `user.not_found`, and with `validation.failed` a period of more
 * than a year.
 */
export async function readWalletReport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, ...days }: Partial<ReportDays> & { userId: number | null },
): Promise<WalletReport> {
  const period = reportPeriod(days, clock.now())
  if (userId === null)
    return { userId, period, rows: inOrder(await reports.movementsOfAll(db.read, period)), balances: null }
  await users.get(db.read, userId)
  const [rows, opening, closing] = await Promise.all([
    reports.movementsOf(db.read, userId, period),
    reports.balanceBefore(db.read, userId, period.from),
    reports.balanceBefore(db.read, userId, period.before),
  ])
  return { userId, period, rows: inOrder(rows), balances: { opening, closing } }
}

function inOrder(rows: readonly reports.Movements[]): WalletReport['rows'] {
  return walletTransactionTypes.flatMap((type) =>
    rows.filter((row) => row.type === type).map((row) => ({ ...row, net: row.credited - row.debited })),
  )
}
