import { formatRupees, type Paise } from '@ev/domain'
import { stringify } from 'csv-stringify/sync'

/** A text, a number, nothing, or an amount in paise, which is written in rupees. */
export type CsvCell = string | number | Paise | null

export type CsvSheet = { readonly columns: readonly string[]; readonly rows: readonly (readonly CsvCell[])[] }

/** The most rows of one file; whoever asks for it limits the period first. More is a fault. */
export const mostCsvRows = 50_000

/**
 * Writes a sheet as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front. Only numbers and amounts
 * go unchanged, `-5.00` as well: give amounts as paise, never as text.
 */
export function csv({ columns, rows }: CsvSheet): string {
  if (rows.length > mostCsvRows) throw new RangeError(`A CSV file has at most ${mostCsvRows} rows, not ${rows.length}.`)
  return stringify([columns.map(inert), ...rows.map((row) => row.map(cellText))], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })
}

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'bigint') return formatRupees(cell)
  return typeof cell === 'number' ? String(cell) : inert(cell)
}

/** How formulas begin in spreadsheets, in full width as well, and what makes them look past the beginning. */
const formulaStart = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u

function inert(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text
}
