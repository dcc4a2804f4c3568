import { verifyLedger, verifyTree } from '@ev/application'
import { openDatabase } from '@ev/db'
import { createLogger } from '@ev/runtime'
import type { VerifierReport } from './verifier-process.ts'

// `verifier-main.ts ledger|tree URL INSTANT`: verifies the database as if it were that time, and prints what it took as JSON.
const [verifier, url, instant] = process.argv.slice(2)
if (url === undefined || instant === undefined) throw new Error('The verifier, the URL and the time are needed.')
const db = await openDatabase({ url, log: createLogger({ level: 'error', pretty: false }) })
const verify = verifier === 'tree' ? verifyTree : verifyLedger
const cpuBefore = process.cpuUsage()
const start = performance.now()
const deps = { db, clock: { now: () => new Date(instant) } }
const differences = await verify(deps, { progress: () => {}, settledAfterMs: 0 })
const { user, system } = process.cpuUsage(cpuBefore)
const report: VerifierReport = {
  seconds: (performance.now() - start) / 1_000,
  cpuSeconds: (user + system) / 1_000_000,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
  differences: differences.length,
}
await db.close()
console.log(JSON.stringify(report))
