import type { Deps } from '@ev/application'
import { acquireLease, releaseLease } from '@ev/db'
import type { WorkerMetrics } from '../metrics.ts'
import type { Schedule } from './catalogue.ts'
import { createTimetable } from './timetable.ts'

const leaseTtlMs = 90_000

export type Schedules = {
  /** Begins what has fallen due since the last look, where this worker leads. Resolves when that has ended, well or badly. */
  look(): Promise<void>
  /** Begins nothing more, waits for what runs at most `graceMs`, and lets another worker lead. */
  close(options: { graceMs: number }): Promise<void>
}

/**
 * Runs schedules at their times, none of them beside itself. Of all workers one at a time leads, by a lease that each run renews and that
 * runs out when its holder dies. The lease only saves the trouble: two workers that both believe to lead do no harm.
 */
export function createSchedules(
  deps: Deps,
  { schedules, metrics }: { schedules: readonly Schedule[]; metrics: Pick<WorkerMetrics, 'scheduleRan'> },
): Schedules {
  const holder = deps.ids.uuid()
  const timetable = createTimetable(schedules, deps.clock.now())
  const running = new Map<Schedule, Promise<void>>()
  let isClosed = false

  function begin(schedule: Schedule): Promise<void> {
    const run = runAsLeader(deps, { schedule, holder, metrics }).finally(() => running.delete(schedule))
    running.set(schedule, run)
    return run
  }

  return {
    async look() {
      if (isClosed) return
      const due = timetable.due(deps.clock.now()).filter((schedule) => !running.has(schedule))
      await Promise.all(due.map(begin))
    },
    async close({ graceMs }) {
      isClosed = true
      // What does not end in time runs on until the process does; every schedule may be cut short.
      await Promise.race([Promise.all(running.values()), deps.sleep(graceMs)])
      await deps.db.transaction((tx) => releaseLease(tx, { name: 'schedules', holder }))
    },
  }
}

/** Never rejects. */
async function runAsLeader(
  deps: Deps,
  { schedule, holder, metrics }: { schedule: Schedule; holder: string; metrics: Pick<WorkerMetrics, 'scheduleRan'> },
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
