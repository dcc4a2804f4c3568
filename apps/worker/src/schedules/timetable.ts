import { Cron } from 'croner'

export type Timetable<S> = {
  /**
   * What has fallen due since the last look, each once, however many of its times have gone by: the process may have been away for days. A clock
   * that was set back calls for nothing a second time, and goes on from where it is.
   */
  due(now: Date): S[]
}

/** The times of schedules from `start` on, in India. */
export function createTimetable<S extends { readonly pattern: string }>(
  schedules: readonly S[],
  start: Date,
): Timetable<S> {
  let lastLook = start
  const lines = schedules.map((schedule) => {
    const cron = new Cron(schedule.pattern, { timezone: 'Asia/Kolkata' })
    return { schedule, nextAfter: (instant: Date) => cron.nextRun(instant), next: cron.nextRun(start) }
  })
  return {
    due(now) {
      const isSetBack = now < lastLook
      lastLook = now
      return lines.flatMap((line) => {
        const isDue = !isSetBack && line.next !== null && line.next <= now
        if (isDue || isSetBack) line.next = line.nextAfter(now)
        return isDue ? [line.schedule] : []
      })
    },
  }
}
