import { verifyTree } from '@ev/application'
import { databaseCommand } from './command.ts'
import { report, watchedProgress } from './report-differences.ts'

// `pnpm tree:verify [--json]`: replays the placement log and the pairs.
await databaseCommand(async (deps) => {
  const startedAt = performance.now()
  const differences = await verifyTree(deps, { progress: watchedProgress, settledAfterMs: 0 })
  const isJson = process.argv.includes('--json')
  return report(differences, { what: 'Tree', isJson, durationMs: Math.round(performance.now() - startedAt) })
})
