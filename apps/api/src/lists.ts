import { z } from 'zod'
import { decodeCursor, pageBounds, toCursorPage, toPage } from './http/index.ts'

type Page = { readonly skip: number; readonly take: number }
type Listed<Row> = Promise<{ count: number; rows: readonly Row[] }>

/** No list is longer; a page beyond it is empty, and asking for it must not overflow the database's integers. */
const furthestRow = 1_000_000_000

/** Answers one page of a list by number. */
export async function answerPage<Row, T>(
  { query, url }: { query: { page: number; page_size: number }; url: URL },
  list: (page: Page) => Listed<Row>,
  view: (row: Row) => T,
) {
  const { skip, take } = pageBounds(query)
  const { count, rows } = await list({ skip: Math.min(skip, furthestRow), take })
  return toPage({ results: rows.map(view), count, page: query.page, page_size: query.page_size, url })
}

const cursorPosition = z.tuple([z.int().min(1)])

/** Answers a page of a long ledger, newest first: by cursor when the query has one, else by number with a count. */
export async function answerLedger<Row extends { readonly id: number }, T>(
  request: { query: { page: number; page_size: number; cursor?: string | undefined }; url: URL },
  source: {
    list(page: Page): Listed<Row>
    listBefore(page: { before: number | null; take: number }): Promise<readonly Row[]>
  },
  view: (row: Row) => T,
) {
  const { cursor, page_size } = request.query
  if (cursor === undefined) return answerPage(request, source.list, view)
  const before = decodeCursor(cursorPosition, cursor)?.[0] ?? null
  const rows = await source.listBefore({ before, take: page_size + 1 })
  return toCursorPage({ rows, take: page_size, position: ({ id }) => [id], view })
}
