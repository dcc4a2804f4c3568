export { consumeAll } from './consume.ts'
export { startWorker } from './worker.ts'
