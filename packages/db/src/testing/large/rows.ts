import type { LargeSize } from './size.ts'

export type Cell = string | number | boolean | null | Date

/** A row by the names of its columns; every row of a table has the same columns in the same order. */
export type NewRow = Readonly<Record<string, Cell>>

/** The rows of one table, made one by one in the order of their ids. */
export type TableRows = { readonly table: string; readonly rows: Iterable<NewRow> }

/** When the oldest row was written, and how long ago the newest was. */
const firstInstant = Date.UTC(2024, 10, 1)
const spanMs = 730 * 86_400_000

/** When row `index` of `count` was written: rows of a table are spread evenly over two years. */
export function writtenAt(index: number, count: number): Date {
  return new Date(firstInstant + Math.floor((index / count) * spanMs))
}

/** 64 hexadecimal digits that belong to `index` of one kind of thing alone. */
export function hashLike(kind: number, index: number): string {
  const head = Math.imul(index + 1, 2_654_435_761) >>> 0
  return `${head.toString(16).padStart(8, '0')}${kind.toString(16).padStart(8, '0')}${index.toString(16).padStart(48, '0')}`
}

/** A UUID that belongs to `index` of one kind of thing alone. */
export function uuidLike(kind: number, index: number): string {
  const digits = hashLike(kind, index)
  return `${digits.slice(0, 8)}-${kind.toString(16).padStart(4, '0')}-4000-8000-${index.toString(16).padStart(12, '0')}`
}

/** Members with long ledgers come first; every other member has a few rows. */
export const busyMembers = 5

/** How many ids there are of each kind, as far as rows of other kinds refer to them. */
export type Counts = LargeSize & {
  readonly vehicles: number
  readonly payments: number
  readonly entries: number
  readonly pairs: number
  readonly payouts: number
}

export function countsOf(size: LargeSize): Counts {
  return {
    ...size,
    vehicles: 12,
    payments: Math.floor(size.bookings * 1.5),
    entries: Math.ceil(size.walletLines / 2),
    pairs: Math.floor(size.members / 2),
    payouts: Math.floor(size.members * 0.4),
  }
}
