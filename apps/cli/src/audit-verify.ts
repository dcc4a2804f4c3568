import { verifyAudit } from '@ev/application'
import { databaseCommand } from './command.ts'
import { report, watchedProgress } from './report-differences.ts'

// `pnpm audit:verify [--json]`: follows the hash chain of the audit log from its first line.
await databaseCommand(async (deps) => {
  const startedAt = performance.now()
  const differences = await verifyAudit(deps, watchedProgress)
  const isJson = process.argv.includes('--json')
  return report(differences, { what: 'Audit log', isJson, durationMs: Math.round(performance.now() - startedAt) })
})
