import { testConfig } from '@ev/testing/vitest'

// Whole processes are started here, and every file needs both cores for itself.
export default testConfig({
  include: ['src/**/*.e2e.ts'],
  testTimeout: 240_000,
  hookTimeout: 120_000,
  fileParallelism: false,
})
