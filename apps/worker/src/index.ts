export { consumeAll } from './consume.ts'
export { workerConfig } from './env.ts'
export { createWorkerMetrics } from './metrics.ts'
export { startWorker } from './worker.ts'
