import { bookings } from '@ev/db'
import { istDate } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { forEachRow } from '../maintenance/for-each-row.ts'
import { tell } from '../tell.ts'

const pageSize = 500

/** Marks instalments whose due date has passed as overdue and tells the member, once for each; answers how many. */
export async function markOverdue(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): Promise<number> {
  const today = istDate(deps.clock.now())
  const markOne = (id: number) =>
    deps.db.transaction(async (tx) => {
      if (!(await bookings.markOverdue(tx, { id, today }))) return false
      await tell(tx, deps, 'instalment.overdue', { instalmentId: id })
      return true
    })
  let marked = 0
  for (let after = 0; ; ) {
    const ids = await bookings.findPastDue(deps.db.read, { today, after, limit: pageSize })
    marked += await forEachRow(deps, { what: 'mark instalment overdue', ids, work: markOne })
    if (ids.length < pageSize) return marked
    after = ids.at(-1)!
  }
}
