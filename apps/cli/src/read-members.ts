import { createReadStream } from 'node:fs'
import type { MemberRecord } from '@ev/application'
import { parse } from 'csv-parse'

const known = ['member', 'sponsor', 'joined_at', 'side'] as const
const required = ['member', 'sponsor', 'joined_at']
const longestLine = 1_000

type Row = Readonly<Record<string, string>>

/**
 * The lines of a file of members one after the other: a heading with the columns `member, sponsor, joined_at` and perhaps `side` in any order, then a
 * line for each. Throws with the number of the line at what is no CSV, and at a heading that lacks a column or has another.
 */
export async function* readMembersFile(path: string): AsyncGenerator<MemberRecord> {
  const parser = parse({
    bom: true,
    columns: heading,
    info: true,
    max_record_size: longestLine,
    skip_empty_lines: true,
    trim: true,
  })
  const file = createReadStream(path).on('error', (error) => parser.destroy(error))
  file.pipe(parser)
  for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
    yield {
      line: info.lines,
      member: record['member'] ?? '',
      sponsor: record['sponsor'] ?? '',
      joinedAt: record['joined_at'] ?? '',
      side: record['side'] ?? '',
    }
  }
}

function heading(names: string[]): string[] {
  const columns = names.map((name) => name.trim().toLowerCase())
  const unknown = columns.find((column) => !(known as readonly string[]).includes(column))
  const missing = required.find((column) => !columns.includes(column))
  if (unknown !== undefined || missing !== undefined || new Set(columns).size < columns.length)
    throw new Error(
      `Line 1 must name the columns ${required.join(', ')} and perhaps side, each once: it is "${names.join(',').slice(0, 100)}".`,
    )
  return columns
}
