import { verifyTree } from '@ev/application'
import { databaseCommand } from './command.ts'
import { report, watchedProgress } from './report-differences.ts'

const minuteMs = 60_000

// `pnpm tree:verify [--json] [--at-rest]`: replays the placement log and the pairs. With --at-rest, members who joined within the last minute count as missing too.
await databaseCommand(async (deps) => {
  const startedAt = performance.now()
  const settledAfterMs = process.argv.includes('--at-rest') ? 0 : minuteMs
  const differences = await verifyTree(deps, { progress: watchedProgress, settledAfterMs })
  const isJson = process.argv.includes('--json')
  return report(differences, { what: 'Tree', isJson, durationMs: Math.round(performance.now() - startedAt) })
})
