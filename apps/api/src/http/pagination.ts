import { DomainError } from '@ev/domain'
import { z } from 'zod'

/** The answer of a list: one page of `item` and links to its neighbours. */
export function pageView<T extends z.ZodType>(item: T) {
  return z.object({
    count: z.int().min(0),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(item),
  })
}

/** The answer of a long ledger that was asked with a cursor. */
export function cursorPageView<T extends z.ZodType>(item: T) {
  return z.object({ next_cursor: z.string().nullable(), results: z.array(item) })
}

/** The answer of a list that takes both `page` and `cursor`. */
export function pageOrCursorView<T extends z.ZodType>(item: T) {
  return z.union([pageView(item), cursorPageView(item)])
}

/** Rows to skip and to take for a page. */
export function pageBounds(query: { page: number; page_size: number }): { skip: number; take: number } {
  return { skip: (query.page - 1) * query.page_size, take: query.page_size }
}

/** Builds a page. `url` is that of the request; its links keep every other parameter. */
export function toPage<T>(input: { results: T[]; count: number; page: number; page_size: number; url: URL }) {
  const lastPage = Math.max(1, Math.ceil(input.count / input.page_size))
  const link = (page: number) => {
    const url = new URL(input.url)
    url.searchParams.set('page', String(page))
    return url.href
  }
  return {
    count: input.count,
    next: input.page < lastPage ? link(input.page + 1) : null,
    previous: input.page > 1 ? link(Math.min(input.page - 1, lastPage)) : null,
    results: input.results,
  }
}

/**
 * Builds a cursor page out of up to `take + 1` rows: one more than asked for says that there is another page. `position` gives what
 * the next page starts after.
 */
export function toCursorPage<Row, T>(input: {
  rows: readonly Row[]
  take: number
  position: (row: Row) => readonly (string | number)[]
  view: (row: Row) => T
}) {
  const shown = input.rows.slice(0, input.take)
  const last = shown.at(-1)
  const hasMore = input.rows.length > input.take && last !== undefined
  return { next_cursor: hasMore ? encodeCursor(input.position(last)) : null, results: shown.map(input.view) }
}

export function encodeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/**
 * Reads a cursor back; `position` says what it must hold. The empty text is the beginning: null. Carries no authority, so it needs no signature:
 * a forged one only starts the caller's own list elsewhere. Refuses `validation.failed` on `cursor`.
 */
export function decodeCursor<T extends z.ZodType>(position: T, cursor: string): z.output<T> | null {
  if (cursor === '') return null
  const parsed = position.safeParse(jsonOrNull(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!parsed.success)
    throw new DomainError('validation.failed', { reason: 'The cursor is not one that this list gave out.' }, 'cursor')
  return parsed.data
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
