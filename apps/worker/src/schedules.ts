import {
  cleanUp,
  creditHeldCommissions,
  type Deps,
  expireBookings,
  followTransfers,
  markOverdue,
  startMonth,
  takeUpPlan,
  verifyDaily,
} from '@ev/application'
import { acquireLease, releaseLease } from '@ev/db'
import { Cron } from 'croner'
import type { WorkerMetrics } from './metrics.ts'

const leaseTtlMs = 90_000

/** Work that the clock calls for. Every piece may run twice or late without harm; the lease only saves the trouble. Patterns have seconds first, times are India's. */
type Schedule = { readonly name: string; readonly pattern: string; run(deps: Deps): Promise<unknown> }

const schedules: readonly Schedule[] = [
  { name: 'expire-bookings', pattern: '0 * * * * *', run: expireBookings },
  { name: 'start-month', pattern: '5 * * * * *', run: startMonth },
  { name: 'take-up-plan', pattern: '10 * * * * *', run: takeUpPlan },
  { name: 'follow-transfers', pattern: '20 * * * * *', run: followTransfers },
  { name: 'mark-overdue', pattern: '0 10 * * * *', run: markOverdue },
  { name: 'credit-held-commissions', pattern: '30 */10 * * * *', run: creditHeldCommissions },
  { name: 'clean-up', pattern: '0 20 * * * *', run: cleanUp },
  { name: 'verify-ledger', pattern: '0 30 * * * *', run: verifyDaily },
]

/** Starts the schedules. Of all workers one at a time leads, by a lease that runs out when its holder dies. */
export function startSchedules(
  deps: Deps,
  metrics: WorkerMetrics,
): { close(options: { graceMs: number }): Promise<void> } {
  const holder = deps.ids.uuid()
  const running = new Set<Promise<void>>()
  const jobs = schedules.map(
    (schedule) =>
      new Cron(schedule.pattern, { timezone: 'Asia/Kolkata', protect: true }, async () => {
        const run = runAsLeader(deps, { schedule, holder, metrics })
        running.add(run)
        await run.finally(() => running.delete(run))
      }),
  )
  return {
    async close({ graceMs }) {
      for (const job of jobs) job.stop()
      // What does not end in time runs on until the process does; every schedule may be cut short.
      await Promise.race([Promise.allSettled(running), deps.sleep(graceMs)])
      await deps.db.transaction((tx) => releaseLease(tx, { name: 'schedules', holder }))
    },
  }
}

async function runAsLeader(
  deps: Deps,
  { schedule, holder, metrics }: { schedule: Schedule; holder: string; metrics: WorkerMetrics },
): Promise<void> {
  const { db, clock, log } = deps
  try {
    const lease = { name: 'schedules', holder, now: clock.now(), ttlMs: leaseTtlMs }
    if ((await db.transaction((tx) => acquireLease(tx, lease))) === null) return
    const startedAt = performance.now()
    const result = await schedule.run(deps)
    metrics.scheduleRan({ schedule: schedule.name, outcome: 'done' })
    log.debug(
      { schedule: schedule.name, result, durationMs: Math.round(performance.now() - startedAt) },
      'schedule ran',
    )
  } catch (error) {
    metrics.scheduleRan({ schedule: schedule.name, outcome: 'failed' })
    log.error({ schedule: schedule.name, err: error }, 'schedule failed; it runs again at its next time')
  }
}
