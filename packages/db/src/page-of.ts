/**
 * One page by number, and how many rows there are in all. Which rows are on the page is read first, as ids, which an index holds
 * together with what the list is filtered and ordered by; only then are these rows fetched. So the pages before cost an entry of an
 * index for each row, not the row. The rows come in the order of the ids.
 */
export async function pageOf<Row extends { readonly id: number }>(list: {
  count(): Promise<number>
  ids(): Promise<readonly { readonly id: number }[]>
  rows(where: { id: { in: number[] } }): Promise<readonly Row[]>
}): Promise<{ count: number; rows: Row[] }> {
  const [count, found] = await Promise.all([list.count(), list.ids()])
  if (found.length === 0) return { count, rows: [] }
  const fetched = await list.rows({ id: { in: found.map(({ id }) => id) } })
  const byId = new Map(fetched.map((row) => [row.id, row]))
  return { count, rows: found.flatMap(({ id }) => byId.get(id) ?? []) }
}
