import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The measurements of a process, in a registry of its own so that two kernels in one process do not collide. */
export type Metrics = {
  readonly registry: Registry
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void
}

/** `process: true` adds memory, event-loop lag and the like; once a process is enough. */
export function createMetrics(options: { process: boolean }): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return {
    registry,
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method: knownMethod(method), route, status }, seconds),
  }
}

/** Clients choose their methods; a label may take only a few values. */
function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other'
}
