import type { HandlerName, Outcome } from '@ev/messaging'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What a worker measures of its own work. */
export type WorkerMetrics = {
  /** A handler was given `messages` together, and ended after `durationMs`. */
  handled(work: { handler: HandlerName; outcome: Outcome['kind']; messages: number; durationMs: number }): void
  scheduleRan(run: { schedule: string; outcome: 'done' | 'failed' }): void
}

/** Nobody measures. */
export const unmeasured: WorkerMetrics = { handled: () => {}, scheduleRan: () => {} }

/** `process: true` adds memory, event-loop lag and the like; once a process is enough. */
export function createWorkerMetrics(options: { process: boolean }): WorkerMetrics & { readonly registry: Registry } {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'handler_duration_seconds',
    help: 'Time that a handler took for what it was given together, by how that ended.',
    labelNames: ['handler', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    registers: [registry],
  })
  const messages = new Counter({
    name: 'handled_messages_total',
    help: 'Messages that handlers were given, by how that ended.',
    labelNames: ['handler', 'outcome'],
    registers: [registry],
  })
  const runs = new Counter({
    name: 'schedule_runs_total',
    help: 'Runs of schedules in the worker that leads.',
    labelNames: ['schedule', 'outcome'],
    registers: [registry],
  })
  return {
    registry,
    handled({ handler, outcome, messages: count, durationMs }) {
      durations.observe({ handler, outcome }, durationMs / 1_000)
      messages.inc({ handler, outcome }, count)
    },
    scheduleRan: ({ schedule, outcome }) => runs.inc({ schedule, outcome }),
  }
}
