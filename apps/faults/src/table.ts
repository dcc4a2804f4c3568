import type { Row } from './campaign.ts'
import type { Outcome } from './fault.ts'

const heads = ['', 'fault', 'acknowledged', 'lost', 'doubled', 'recovered in', 'verifiers', 'seen'] as const

function cellsOf({ letter, title, on, outcome, failure }: Row): string[] {
  const name = `${title} (${on})`
  if (outcome === null) return [letter, name, '–', '–', '–', '–', '–', `**failed**: ${firstLine(failure)}`]
  const { isExercised, text } = outcome.evidence
  return [letter, name, ...figureCells(outcome), `${isExercised ? '' : '**not exercised**: '}${text}`]
}

function figureCells({ acknowledged, lost, doubled, recoveryMs, differences }: Outcome): string[] {
  return [
    acknowledged.toLocaleString('en'),
    String(lost.length),
    String(doubled.length),
    recoveryMs === null ? '–' : `${(recoveryMs / 1000).toFixed(1)} s`,
    differences === null ? 'nothing' : '**differences**',
  ]
}

/** The figures of one fault on a line, each with its head. */
export function figures(outcome: Outcome): string {
  return figureCells(outcome)
    .map((cell, n) => `${heads[n + 2]} ${cell}`)
    .join(', ')
}

const firstLine = (text: string | null) => text?.split('\n')[0] ?? ''

/** The rows as a table of Markdown, its columns in line so that it reads well on a terminal too. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = [[...heads], ...rows.map(cellsOf)].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length), 3))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(lines[0]!), rule, ...lines.slice(1).map(line)].join('\n')
}

/** The last line of a run. */
export function totals(rows: readonly Row[]): string {
  const failed = rows.filter(({ failure }) => failure !== null).length
  return `${rows.length - failed} passed, ${failed} failed`
}
