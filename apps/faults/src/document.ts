import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Row } from './campaign.ts'
import { markdownTable, totals } from './table.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const file = `${root}docs/faults.md`
const begin = '<!-- table -->'
const end = '<!-- /table -->'

/** Puts the table of a run into `docs/faults.md`, with the machine and the commit it was made on. */
export function writeDocument(rows: readonly Row[], { seconds }: { seconds: number }): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, withTable(text, `${markdownTable(rows)}\n\n${totals(rows)}; ${circumstances(rows, seconds)}`))
}

/** The document with another table between its marks. */
export function withTable(document: string, table: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`The document lacks the marks ${begin} and ${end}.`)
  return `${document.slice(0, from)}${begin}\n${table}\n${document.slice(to)}`
}

function circumstances(rows: readonly Row[], seconds: number): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim()
  const minutes = rows.reduce((sum, { durationMs }) => sum + durationMs, 0) / 60_000
  const [processor] = cpus()
  const machine = `${cpus().length} cores of ${processor?.model ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  return `${minutes.toFixed(0)} minutes with \`--seconds ${seconds}\` at commit ${commit} on ${machine}.`
}
