import type { LegacyRecord } from '@ev/db'
import { isCalendarDate, type Paise, rupees } from '@ev/domain'

// What the texts of the replaced database mean. Its columns are typed there, so a text that is none of its kind is a fault.

export function idOf(row: LegacyRecord, column = 'id'): number {
  const id = idOrNull(row, column)
  if (id === null) throw new Error(`A row of the replaced platform has no ${column}.`)
  return id
}

export function idOrNull(row: LegacyRecord, column: string): number | null {
  const text = row[column]
  return text == null ? null : Number(text)
}

/** The text, cut at what fits; nothing for a missing one. */
export function textOf(row: LegacyRecord, column: string, longest = 255): string {
  return Array.from((row[column] ?? '').trim())
    .slice(0, longest)
    .join('')
}

/** The same; null for a missing or empty one. */
export function textOrNull(row: LegacyRecord, column: string, longest = 255): string | null {
  return textOf(row, column, longest) || null
}

/** Decimal rupees as paise; nothing for a missing amount. */
export function paiseOf(row: LegacyRecord, column: string): Paise {
  return rupees(row[column] ?? '0')
}

/** A DATETIME(6), which is in UTC there. */
export function instantOrNull(row: LegacyRecord, column: string): Date | null {
  const text = row[column]
  return text == null ? null : new Date(`${text.slice(0, 23).replace(' ', 'T')}Z`)
}

export function instantOf(row: LegacyRecord, column: string, otherwise: Date): Date {
  return instantOrNull(row, column) ?? otherwise
}

export function dateOrNull(row: LegacyRecord, column: string): string | null {
  const text = row[column]?.slice(0, 10) ?? ''
  return isCalendarDate(text) ? text : null
}

export function flagOf(row: LegacyRecord, column: string): boolean {
  return row[column] === '1'
}

/** A JSON column; `otherwise` when it is missing or no JSON. */
export function jsonOf(row: LegacyRecord, column: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(row[column] ?? 'null') ?? otherwise
  } catch {
    return otherwise
  }
}

/** What a status word is called here; null for one that the mapping does not name. */
export function wordOf<T extends string>(words: Readonly<Record<string, T>>, text: string): T | null {
  return Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()]! : null
}

/** Rows by the number in one of their columns. */
export function groupBy(rows: readonly LegacyRecord[], column: string): Map<number, LegacyRecord[]> {
  const groups = new Map<number, LegacyRecord[]>()
  for (const row of rows) {
    const key = idOrNull(row, column)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** The greatest of many ids; 0 of none. */
export function greatest(ids: Iterable<number>): number {
  let most = 0
  for (const id of ids) if (id > most) most = id
  return most
}
