import { typedRupees } from '../../money/rupees.ts'
import { basisPointsOf, type PlanSettings, percentOf } from './plan-settings.ts'

type TaxSettings = PlanSettings['section_194h']
export type TaxTableName = keyof TaxSettings
export type TaxTable = { readonly name: TaxTableName; readonly label: string; readonly kind: 'percent' | 'rupees' }

/** The tables of Section 194H: each value counts from its day on. */
export const taxTables: readonly TaxTable[] = [
  { name: 'rate_bps', label: 'Rate', kind: 'percent' },
  { name: 'threshold', label: 'No tax up to, in a year', kind: 'rupees' },
  { name: 'no_pan_rate_bps', label: 'Rate without a PAN', kind: 'percent' },
]

/** A row as it is typed. */
export type TypedRow = { readonly from: string; readonly value: string }

export function typedRows({ name, kind }: TaxTable, tables: TaxSettings): readonly TypedRow[] {
  return tables[name].map(({ from, value }) => ({
    from,
    value: kind === 'percent' ? percentOf(Number(value)) : String(value),
  }))
}

/** What a value of the table means to the API; null when it cannot be one. */
export function readValue({ kind }: TaxTable, typed: string): number | string | null {
  return kind === 'percent' ? basisPointsOf(typed) : typedRupees(typed)
}

/** The table as the API takes it; null when a row is not right, or the days do not follow on each other. */
export function readRows(
  table: TaxTable,
  rows: readonly TypedRow[],
): readonly { from: string; value: number | string }[] | null {
  const read: { from: string; value: number | string }[] = []
  for (const { from, value: typed } of rows) {
    const value = readValue(table, typed)
    if (value === null || from <= (read.at(-1)?.from ?? '')) return null
    read.push({ from, value })
  }
  return read.length === 0 ? null : read
}
