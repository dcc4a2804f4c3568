export const rowsAPage = 5_000

/** Pages of rows in order of id, as long as there are any. */
export async function* pages<Row extends { id: number }>(
  read: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let after = 0
  for (;;) {
    const rows = await read(after)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAPage) return
    after = rows.at(-1)!.id
  }
}

/** What every page asks for: the next rows in order of id. */
export const page = (after: number) =>
  ({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: rowsAPage }) as const
