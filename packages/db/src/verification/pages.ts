import { setImmediate as letOthersWork } from 'node:timers/promises'

export const rowsAPage = 1_000

/** Greater than every id: the columns are of 32 bits. */
const beyondEveryId = 2 ** 31

/** Ids above `after` up to and including `upTo`. */
export type IdRange = { readonly after: number; readonly upTo: number }

/** Pages of rows in order of id, as long as there are any. */
export async function* pages<Row extends { id: number }>(
  read: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for await (const { rows } of rangedPages(read)) if (rows.length > 0) yield rows
}

/**
 * The same with the range of ids that each page stands for. The ranges follow each other without a gap and the last one reaches beyond every
 * id, so that what refers to these rows can be read range by range and nothing that refers to a missing row is passed over.
 */
export async function* rangedPages<Row extends { id: number }>(
  read: (after: number) => Promise<Row[]>,
): AsyncGenerator<{ rows: Row[]; range: IdRange }> {
  for (let after = 0; ; ) {
    // SQLite reads while nothing else in the process can run: requests have their turn between the pages.
    await letOthersWork()
    const rows = await read(after)
    const isLast = rows.length < rowsAPage
    const upTo = isLast ? beyondEveryId : rows.at(-1)!.id
    yield { rows, range: { after, upTo } }
    if (isLast) return
    after = upTo
  }
}

/** Pages of rows that are counted by a sequence, in its order, as long as there are any. */
export async function* seqPages<Row extends { seq: number }>(
  read: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let after = 0; ; ) {
    await letOthersWork()
    const rows = await read(after)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAPage) return
    after = rows.at(-1)!.seq
  }
}

/** All ids up to `last` in ranges of so many. */
export async function* idRanges(last: number, ids: number): AsyncGenerator<IdRange> {
  for (let after = 0; after < last; after += ids) {
    await letOthersWork()
    yield { after, upTo: after + ids }
  }
}

/** What every page asks for: the next rows in order of id. */
export const page = (after: number) =>
  ({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: rowsAPage }) as const

/** The ids of a range, for a where clause. */
export const within = ({ after, upTo }: IdRange) => ({ gt: after, lte: upTo })

/** Rows by the id that they belong to, in the order in which they come. */
export function groupedBy<Row>(rows: readonly Row[], idOf: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(idOf(row))
    if (group) group.push(row)
    else groups.set(idOf(row), [row])
  }
  return groups
}
