/** Rows with growing ids, some of which are committed later than greater ones. */
type Row = { readonly id: number }

/**
 * Passes rows on in the order of their ids. A number that is missing may belong to a transaction that is not committed yet, so what follows it
 * waits, at most `patienceMs` from when it was first seen: then the number was given up. Whoever remembers the last id that was
 * passed on has therefore missed nothing before it.
 */
export function createIdOrder<T extends Row>({ patienceMs }: { patienceMs: number }) {
  const waitingSince = new Map<number, number>()
  return {
    /** Of the `rows` behind the id `after`, ascending, those that may be passed on at `nowMs`. The others must be among the next rows again. */
    take(rows: readonly T[], { after, nowMs }: { after: number; nowMs: number }): T[] {
      let last = after
      const taken: T[] = []
      for (const row of rows) {
        const since = waitingSince.get(row.id) ?? nowMs
        if (row.id !== last + 1 && nowMs - since < patienceMs) break
        waitingSince.delete(row.id)
        taken.push(row)
        last = row.id
      }
      for (const { id } of rows.slice(taken.length)) {
        if (!waitingSince.has(id)) waitingSince.set(id, nowMs)
      }
      return taken
    },
  }
}
