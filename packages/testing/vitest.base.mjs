// Plain JavaScript, because Node itself loads what a vitest.config.ts imports from another package.
import { defineConfig } from 'vitest/config'

/** What every package's tests share: processes of their own, a limit on time, and results as JSON beside the console. */
export function testConfig(overrides = {}) {
  return defineConfig({
    test: {
      include: ['src/**/*.test.ts'],
      pool: 'forks',
      // More than the two cores of the smallest machine: half of the time of a test is waiting for a database.
      maxWorkers: 3,
      testTimeout: 30_000,
      hookTimeout: 60_000,
      reporters: ['default', 'json'],
      outputFile: { json: '.test-results/results.json' },
      ...overrides,
    },
  })
}

export default testConfig()
