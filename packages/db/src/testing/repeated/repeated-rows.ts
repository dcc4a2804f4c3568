import type { ColumnModel, TableModel } from '../schema-model.ts'

/** A row as SQLite stores it. */
export type StoredRow = Readonly<Record<string, string | number | null>>

/** A row as it stands in copy number `copy`, from 0. */
export type RepeatRow = (row: StoredRow, copy: number) => StoredRow

/**
 * The id that stands for `id` in a copy. The copies take turns: id 1 of each comes before id 2 of the first, so that a member's rows lie as far
 * apart as they do in a business where many do the same at once, and numbers without a gap stay without one.
 */
const idOf = (id: number, { copy, copies }: { copy: number; copies: number }) => (id - 1) * copies + copy + 1

/**
 * How the rows of a table are copied: every id in them becomes one of the same copy, and text that may stand in the table only once begins with
 * the copy's number.
 */
export function repeatedRows(table: TableModel, copies: number): RepeatRow {
  const ids = [...table.primaryKey, ...references(table)]
  const texts = uniqueTexts(table, ids)
  return (row, copy) => {
    const repeated = withIds(row, ids, (id) => idOf(id, { copy, copies }))
    for (const { name, type } of texts) {
      const text = row[name]
      if (typeof text === 'string') repeated[name] = numbered(text, copy, longestOf(type))
    }
    if (table.name === 'journal_entries') repeated['key'] = keyAbout(row, repeated['reference_id'])
    return repeated
  }
}

/** How a row is written that all copies share: it names members of the first copy, and counts the places of all. */
export function sharedRow(table: TableModel, copies: number): (row: StoredRow) => StoredRow {
  const ids = references(table)
  return (row) => {
    const shared = withIds(row, ids, (id) => idOf(id, { copy: 0, copies }))
    return table.name === 'network_head' ? { ...shared, last_seq: Number(row['last_seq']) * copies } : shared
  }
}

/** Ids that no foreign key says to be one. */
const looseIds = ['reference_id', 'member_seq', 'standing_left_id', 'standing_right_id']

/** The columns that hold ids of this or another table, besides its own. */
function references({ columns, foreignKeys }: TableModel): string[] {
  const known = new Set([...foreignKeys.flatMap((key) => key.columns), ...looseIds])
  return columns.map(({ name }) => name).filter((name) => known.has(name))
}

function withIds(row: StoredRow, columns: readonly string[], idFor: (id: number) => number) {
  const changed: Record<string, string | number | null> = { ...row }
  for (const column of columns) {
    const id = row[column]
    if (typeof id === 'number') changed[column] = idFor(id)
  }
  return changed
}

/** Text of unique indexes that no id makes different already; of several columns the last, as in a provider and its own number. */
function uniqueTexts({ name, columns, indexes }: TableModel, ids: readonly string[]): readonly ColumnModel[] {
  // The key of an entry says what it is about.
  if (name === 'journal_entries') return []
  const last = indexes
    .filter(({ unique, columns: own }) => unique && !own.some((column) => ids.includes(column)))
    .map(({ columns: own }) => own.at(-1))
  return columns.filter((column) => last.includes(column.name))
}

/** Begins with the number of the copy. What does not fit is left out behind it: the end of a code or a hash tells it from others. */
function numbered(text: string, copy: number, longest: number): string {
  const start = copy.toString(36)
  return `${start}-${text.slice(-Math.max(longest - start.length - 1, 1))}`.slice(0, longest)
}

/** The key of an entry with the id that it is about replaced, as in `refund:booking:12`. */
function keyAbout({ key, reference_id: from }: StoredRow, to: string | number | null | undefined): string {
  const parts = String(key).split(':')
  const at = parts.indexOf(String(from))
  if (at === -1) throw new Error(`The key ${key} does not name ${from}, which its entry is about.`)
  return parts.with(at, String(to)).join(':')
}

function longestOf(type: string): number {
  const longest = /\((\d+)\)/.exec(type)?.[1]
  if (longest === undefined) throw new Error(`Text of the type ${type} has no greatest length.`)
  return Number(longest)
}
