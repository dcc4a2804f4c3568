import { bookings } from '@ev/db'
import { istDate } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'

const pageSize = 500

/** Marks instalments whose due date has passed as overdue and tells the member, once for each; answers how many. */
export async function markOverdue(deps: Pick<Deps, 'db' | 'clock' | 'ids'>): Promise<number> {
  const today = istDate(deps.clock.now())
  let marked = 0
  for (;;) {
    const ids = await bookings.findPastDue(deps.db.read, { today, limit: pageSize })
    for (const id of ids) {
      await deps.db.transaction(async (tx) => {
        if (!(await bookings.markOverdue(tx, { id, today }))) return
        marked += 1
        await tell(tx, deps, 'instalment.overdue', { instalmentId: id })
      })
    }
    if (ids.length < pageSize) return marked
  }
}
