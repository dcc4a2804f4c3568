import { istDate } from '@ev/domain'
import { stringify } from 'csv-stringify/browser/esm/sync'
import { saveFile } from './save-file.ts'

/** Writes rows as a CSV file, one column per field of the API; nested values as JSON. Cells that a spreadsheet would run as formulas are escaped. */
export function exportRows(rows: readonly Readonly<Record<string, unknown>>[], name: string): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => columns.map((column) => cell(row[column])))
  const text = stringify([columns, ...cells], { bom: true, escape_formulas: true })
  saveFile(new Blob([text], { type: 'text/csv' }), `${name}-${istDate(new Date())}.csv`)
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
