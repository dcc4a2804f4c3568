export { freePort, isListening } from './ports.ts'
export { times } from './times.ts'
export { until } from './until.ts'
