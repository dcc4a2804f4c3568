import type { DirectRow } from './direct.ts'

/** How a column is read: by the type that the generated client gives its field. */
type KindOf<T> = [NonNullable<T>] extends [number]
  ? 'int'
  : [NonNullable<T>] extends [bigint]
    ? 'bigint'
    : [NonNullable<T>] extends [boolean]
      ? 'flag'
      : [NonNullable<T>] extends [Date]
        ? 'instant'
        : [NonNullable<T>] extends [string]
          ? 'text'
          : 'json'

type Kind = 'int' | 'bigint' | 'flag' | 'instant' | 'text' | 'json'

/** Every field of a row with its kind: a field that is missing, or of another kind, does not compile. */
export type Fields<Row> = { readonly [Field in keyof Row]-?: KindOf<Row[Field]> }

export type DirectTable<Row> = {
  /** The columns for a `SELECT`, in the order in which `read` takes them. */
  columns(alias: string): string
  readonly width: number
  /** The row that begins at `from`, with the types that the generated client gives. */
  read(values: DirectRow, from?: number): Row
}

/** Columns are named like their fields, in snake_case. */
export function directTable<Row>(fields: Fields<Row>): DirectTable<Row> {
  const entries = Object.entries(fields) as [string, Kind][]
  const names = entries.map(([field]) => columnOf(field))
  const listed = new Map<string, string>()
  return {
    width: entries.length,
    columns(alias) {
      const known = listed.get(alias) ?? names.map((name) => `${alias}.${name}`).join(', ')
      listed.set(alias, known)
      return known
    },
    read(values, from = 0) {
      const row: Record<string, unknown> = {}
      for (let at = 0; at < entries.length; at += 1) {
        const [field, kind] = entries[at]!
        const value = values[from + at]
        row[field] = value === null ? null : readers[kind](value)
      }
      return row as Row
    },
  }
}

const columns = new Map<string, string>()

/** The column of a field, quoted in the way that both databases read: one is called `key`. */
export function columnOf(field: string): string {
  const known = columns.get(field) ?? `\`${field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}\``
  columns.set(field, known)
  return known
}

/** What both drivers give for a column, as the generated client would show it. */
const readers: Readonly<Record<Kind, (value: unknown) => unknown>> = {
  int: Number,
  bigint: (value) => (typeof value === 'bigint' ? value : BigInt(value as string | number)),
  flag: (value) => Number(value) === 1,
  instant: (value) => readInstant(value as string),
  text: (value) => value,
  json: (value) => JSON.parse(value as string) as unknown,
}

/** `2026-04-01T06:30:00.000+00:00` on SQLite, `2026-04-01 06:30:00.000` on MySQL; both in UTC. */
export function readInstant(text: string): Date {
  return text[10] === 'T' ? new Date(text) : new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`)
}
