import { removeLeftovers } from '@ev/e2e'
import { readArguments } from './arguments.ts'
import { type Row, runCampaign } from './campaign.ts'
import { writeDocument } from './document.ts'
import { faults } from './faults/index.ts'
import { figures, markdownTable, totals } from './table.ts'

/** `pnpm faults [--only a,b] [--seconds N] [--json] [--write]`: breaks the platform under load, and tells what became of every rupee. */
async function run(): Promise<void> {
  const known = faults.map(({ letter }) => letter)
  const { only, seconds, isJson, isWriting } = readArguments(process.argv.slice(2), known)
  const chosen = faults.filter(({ letter }) => only === null || only.includes(letter))
  const leftovers = await removeLeftovers()
  if (leftovers > 0) console.error(`Removed what ${leftovers} interrupted platforms had left behind.`)
  const rows = await runCampaign(chosen, { seconds, progress: showProgress, onRow: isJson ? () => {} : tellRow })
  console.log(isJson ? JSON.stringify(rows, null, 2) : `\n${markdownTable(rows)}\n`)
  if (isWriting) writeDocument(rows, { seconds })
  console.log(totals(rows))
  process.exitCode = rows.every(({ failure }) => failure === null) ? 0 : 1
}

function showProgress(letter: string, what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${letter}: ${what}`)
}

function tellRow({ letter, title, failure, durationMs, outcome }: Row): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  console.log(`${failure === null ? '✓' : '✗'} ${letter} ${title} (${(durationMs / 1000).toFixed(0)} s)`)
  if (outcome !== null) console.log(`    ${figures(outcome)}\n    ${outcome.evidence.text}`)
  if (failure !== null) console.log(failure.replaceAll(/^/gm, '    '))
}

await run()
