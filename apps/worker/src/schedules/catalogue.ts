import {
  cleanUp,
  creditHeldCommissions,
  type Deps,
  expireBookings,
  followTransfers,
  markOverdue,
  startMonth,
  sweepFiles,
  takeUpPlan,
  verifyDaily,
} from '@ev/application'

/** Work that the clock calls for. It finds for itself what has fallen due, so that it may run late, seldom or twice without harm. */
export type Schedule = {
  readonly name: string
  /** In cron's notation with seconds first, in India's time. */
  readonly pattern: string
  run(deps: Deps): Promise<unknown>
}

export const scheduleCatalogue = [
  { name: 'expire-bookings', pattern: '0 * * * * *', run: expireBookings },
  { name: 'start-month', pattern: '5 * * * * *', run: startMonth },
  { name: 'take-up-plan', pattern: '10 * * * * *', run: takeUpPlan },
  { name: 'follow-transfers', pattern: '20 * * * * *', run: followTransfers },
  { name: 'mark-overdue', pattern: '0 10 * * * *', run: markOverdue },
  { name: 'credit-held-commissions', pattern: '30 */10 * * * *', run: creditHeldCommissions },
  { name: 'clean-up', pattern: '0 20 * * * *', run: cleanUp },
  { name: 'sweep-files', pattern: '0 40 3 * * *', run: sweepFiles },
  { name: 'verify-ledger', pattern: '0 30 * * * *', run: verifyDaily },
] as const satisfies readonly Schedule[]

export type ScheduleName = (typeof scheduleCatalogue)[number]['name']
