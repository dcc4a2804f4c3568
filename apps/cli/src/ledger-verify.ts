import { verifyLedger } from '@ev/application'
import { databaseCommand } from './command.ts'
import { report, watchedProgress } from './report-differences.ts'

const minuteMs = 60_000

// `pnpm ledger:verify [--json] [--at-rest]`: recomputes every figure from the journal. With --at-rest, credits that are younger than a minute count as missing too.
await databaseCommand(async (deps) => {
  const startedAt = performance.now()
  const settledAfterMs = process.argv.includes('--at-rest') ? 0 : minuteMs
  const differences = await verifyLedger(deps, { progress: watchedProgress, settledAfterMs })
  const isJson = process.argv.includes('--json')
  return report(differences, { what: 'Ledger', isJson, durationMs: Math.round(performance.now() - startedAt) })
})
