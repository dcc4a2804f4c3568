import { type CsvCell, csv } from '../documents/csv.ts'
import { calendarDate, download, formatQuery } from '../http/index.ts'

/** The period of a report and its form: JSON, or a CSV file. */
export const reportQuery = {
  start_date: calendarDate.optional().meta({
    description: 'The first day, in India. Thirty days up to the end when absent; at most a year.',
    examples: ['2026-11-01'],
  }),
  end_date: calendarDate.optional().meta({
    description: 'The last day, included; today when absent.',
    examples: ['2026-11-30'],
  }),
  format: formatQuery.meta({ description: '`csv` answers a file with the same figures.' }),
}

/** The days that a query names. */
export function toDays({ start_date, end_date }: { start_date?: string | undefined; end_date?: string | undefined }) {
  return {
    ...(start_date !== undefined && { startDate: start_date }),
    ...(end_date !== undefined && { endDate: end_date }),
  }
}

/** The days that a report covers, as it names them in its answer. */
export const reportDays = {
  start_date: calendarDate.meta({ description: 'The first day.' }),
  end_date: calendarDate.meta({ description: 'The last day, included.' }),
}

/** The rows of a report as a file: a column for each field. */
export function rowsAsFile(shape: object, results: readonly Readonly<Record<string, CsvCell>>[], filename: string) {
  return download({
    content: csv({ columns: Object.keys(shape), rows: results.map((row) => Object.values(row)) }),
    filename,
  })
}
