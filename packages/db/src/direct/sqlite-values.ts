import type { DirectValue } from './direct.ts'

type SqliteValue = string | number | bigint | null

/** The instants of a statement are a few: now, and when what is written ends. */
const texts = new Map<number, string>()
const mostTexts = 64

/** Values as the driver takes them. Instants are texts in one form, which the adapter writes as well: they are compared as texts. */
export function toSqlite(values: readonly DirectValue[]): SqliteValue[] {
  const bound: SqliteValue[] = []
  for (const value of values) {
    if (value instanceof Date) bound.push(textOf(value))
    else if (typeof value === 'boolean') bound.push(value ? 1 : 0)
    else bound.push(value)
  }
  return bound
}

function textOf(instant: Date): string {
  const time = instant.getTime()
  const known = texts.get(time)
  if (known !== undefined) return known
  if (texts.size >= mostTexts) texts.clear()
  const text = instant.toISOString().replace('Z', '+00:00')
  texts.set(time, text)
  return text
}
