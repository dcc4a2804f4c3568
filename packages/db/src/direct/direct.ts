/** What a statement may be given. A `Date` becomes the text that the database keeps instants as, a flag 0 or 1. */
export type DirectValue = string | number | bigint | boolean | Date | null

/**
 * The driver of a connection without Prisma's client before it: a statement that was prepared once, its values, and rows as arrays of
 * what the driver gives. For the few requests that are made most; everything else goes through the client, which knows the tables.
 */
export type Direct = {
  rows(sql: string, values: readonly DirectValue[]): Promise<readonly DirectRow[]>
  /** Answers the id that an insert gave, 0 without one, and how many rows an update found. */
  run(sql: string, values: readonly DirectValue[]): Promise<{ insertId: number; affected: number }>
}

export type DirectRow = readonly unknown[]

/**
 * Placeholders for `IN (…)` and the values for them. Each length would be a statement of its own, so the list is filled up with its last value
 * to one of a few lengths.
 */
export function inList<T extends DirectValue>(values: readonly [T, ...T[]]): { marks: string; values: T[] } {
  const length = 2 ** Math.ceil(Math.log2(values.length))
  const last = values[values.length - 1]!
  return {
    marks: Array.from({ length }, () => '?').join(),
    values: Array.from({ length }, (_, at) => values[at] ?? last),
  }
}
