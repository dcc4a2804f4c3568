export { consumeAll } from './consume.ts'
export { createWorkerMetrics } from './metrics.ts'
export { startWorker } from './worker.ts'
