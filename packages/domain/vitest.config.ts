import { testConfig } from '@ev/testing/vitest'

// Thousands of random cases take longer than one example does.
export default testConfig({ testTimeout: 60_000 })
