import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  databaseUrl,
  type ImportReport,
  importLegacy,
  mediaFolderOf,
  noMedia,
  openPlatform,
  prepareDatabase,
  reportJson,
  reportText,
  TakeOverRefused,
} from '@ev/application'
import { systemClock } from '@ev/runtime'
import { command } from './command.ts'
import { fromHere } from './paths.ts'
import { watchedProgress } from './report-differences.ts'

// `pnpm legacy:import --from mysql://user:password@host/database [--dry-run] [--json] [--report FILE] [--media FOLDER]`: takes over the data of the
// replaced platform into the database that DATABASE_URL names. Run it while neither platform is in use; interrupted, run it again. See docs/legacy-import.md.
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    from: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    report: { type: 'string' },
    media: { type: 'string' },
  },
})

await command(async ({ config, logger }) => {
  const { from } = values
  if (from === undefined)
    throw new Error('Say where the replaced platform is: --from mysql://user:password@host/database')
  const startedAt = performance.now()
  await prepareDatabase({ url: databaseUrl(config), logger, clock: systemClock })
  const platform = await openPlatform(config, { logger })
  try {
    const report = await importLegacy(platform.deps, {
      from: from.replace(/^mariadb:/, 'mysql:'),
      isDryRun: values['dry-run'],
      media: values.media === undefined ? noMedia : await mediaFolderOf(fromHere(values.media)),
      progress: watchedProgress,
    })
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    await say(report)
    if (!values.json) console.log(summary(report, performance.now() - startedAt))
    return 0
  } catch (error) {
    if (!(error instanceof TakeOverRefused)) throw error
    console.error(`✗ ${error.message}`)
    return 1
  } finally {
    await platform.close()
  }
})

async function say(report: ImportReport): Promise<void> {
  const text = values.json ? reportJson(report) : reportText(report.discrepancies)
  if (values.report !== undefined) await writeFile(fromHere(values.report), `${text}\n`, { mode: 0o600 })
  else if (text !== '') console.log(text)
}

function summary({ rows, discrepancies }: ImportReport, durationMs: number): string {
  const verb = values['dry-run'] ? 'would be written' : 'written'
  const counts = Object.entries(rows).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []))
  return `${counts.join(', ')} ${verb}; ${discrepancies.length} discrepancies (${(durationMs / 1000).toFixed(1)} s)`
}
