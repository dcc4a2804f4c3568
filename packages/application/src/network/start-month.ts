import { onceInside, sha256Hex } from '@ev/db'
import { istMonth } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'

const yearMs = 366 * 86_400_000

/** Tells once that a calendar month (IST) has begun, so that the network worker matches what the month before carried forward. */
export async function startMonth(deps: Pick<Deps, 'db' | 'clock' | 'ids'>): Promise<boolean> {
  const now = deps.clock.now()
  const month = istMonth(now)
  return deps.db.transaction(async (tx) => {
    const key = {
      scope: 'schedule:start-month',
      keyHash: sha256Hex(month),
      fingerprint: sha256Hex(month),
      now,
      keepForMs: yearMs,
    }
    if (!(await onceInside(tx, key))) return false
    await tell(tx, deps, 'month.started', { month })
    return true
  })
}
