export { times } from './times.ts'
export { until } from './until.ts'
