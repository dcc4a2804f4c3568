import type { ResultLine } from '@ev/application'
import { DomainError } from '@ev/domain'
import { CsvError, parse } from 'csv-parse/sync'

const required = ['reference', 'status'] as const
const longestLine = 4_000

/**
 * Reads a bank's result file: a heading with `reference, status, bank_reference, reason` in any order, then one line a transfer. Refuses with
 * `validation.failed` what is no CSV, lacks a column, or has more than `limit` lines.
 */
export function readResultFile(text: string, { limit }: { limit: number }): ResultLine[] {
  const rows = parseRows(text, limit)
  if (rows.length > limit) throw refused(`A result file has at most ${limit} lines.`)
  const missing = required.filter((column) => rows.length > 0 && rows[0]!.record[column] === undefined)
  if (rows.length === 0 || missing.length > 0) {
    throw refused(
      `The first line must name the columns reference, status, bank_reference, reason, with lines below it.`,
    )
  }
  return rows.map(({ record, info }) => ({
    line: info.lines,
    reference: record['reference'] ?? '',
    status: record['status'] ?? '',
    bankReference: record['bank_reference'] ?? '',
    reason: record['reason'] ?? '',
  }))
}

type Row = { readonly record: Readonly<Record<string, string | undefined>>; readonly info: { readonly lines: number } }

function parseRows(text: string, limit: number): Row[] {
  try {
    return parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      info: true,
      max_record_size: longestLine,
      relax_column_count: true,
      skip_empty_lines: true,
      to: limit + 1,
      trim: true,
    })
  } catch (error) {
    if (error instanceof CsvError) throw refused(error.message)
    throw error
  }
}

function refused(reason: string): DomainError {
  return new DomainError('validation.failed', { reason }, 'csv')
}
