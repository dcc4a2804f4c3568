import { network, payments, plans } from '@ev/db'
import { addDays, creditableAt } from '@ev/domain'
import { creditReferral } from '../bookings/credit-referral.ts'
import type { Deps } from '../deps.ts'
import { creditPair } from './credit-pair.ts'

const pageSize = 500
/** How far back a run looks beyond the cooling-off, so that a day without a worker loses nothing. */
const catchUpDays = 7

/**
 * Credits commissions whose cooling-off is over: pairs that stayed `matched`, and payments that have no bonus yet. Their messages were
 * handled when they came and left them. Answers how many pairs and bookings were looked at.
 */
export async function creditHeldCommissions(deps: Pick<Deps, 'db' | 'clock' | 'ids'>): Promise<number> {
  const { db, clock } = deps
  const now = clock.now()
  let credited = 0
  for (const pair of await network.findMatched(db.read, { limit: pageSize })) {
    const plan = await plans.version(db.read, pair.planVersion)
    if (plan.commissionHoldDays === 0 || creditableAt(pair.matchedAt, plan) > now) continue
    await db.transaction((tx) => creditPair(tx, deps, { pairId: pair.id }))
    credited += 1
  }
  const { commissionHoldDays } = await plans.current(db.read, now)
  if (commissionHoldDays === 0) return credited
  const window = { from: addDays(now, -commissionHoldDays - catchUpDays), to: addDays(now, -commissionHoldDays) }
  for (const bookingId of await payments.findBookingsWithoutBonus(db.read, { ...window, limit: pageSize })) {
    await db.transaction((tx) => creditReferral(tx, deps, { bookingId }))
    credited += 1
  }
  return credited
}
