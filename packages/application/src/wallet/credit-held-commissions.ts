import { network, payments, plans } from '@ev/db'
import { addDays } from '@ev/domain'
import { creditReferrals, leftByHandlers } from '../bookings/credit-referral.ts'
import type { Deps } from '../deps.ts'
import { forEachRow } from '../maintenance/for-each-row.ts'
import { creditPair } from './credit-pair.ts'

const pageSize = 500
const pagesAtMost = 1_000

/**
 * Credits commissions whose cooling-off is over, and whatever else was left behind: pairs that stayed `matched`, and payments whose bonus is
 * still to be decided. Answers how many pairs and bookings were credited or looked at.
 */
export async function creditHeldCommissions(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): Promise<number> {
  const settledBefore = leftByHandlers(deps.clock.now())
  return (await creditPairs(deps, settledBefore)) + (await creditBonuses(deps, settledBefore))
}

type HeldDeps = Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>

/** Each pair waits as long as the plan says under which it was matched. */
async function creditPairs(deps: HeldDeps, settledBefore: Date): Promise<number> {
  const { db } = deps
  const versions = await plans.all(db.read)
  const dueBefore = new Map(
    versions.map(({ version, commissionHoldDays }) => [version, addDays(settledBefore, -commissionHoldDays)]),
  )
  const work = (id: number) => db.transaction((tx) => creditPair(tx, deps, { pairId: id })).then(() => true)
  let credited = 0
  for (let after = 0, page = 0; page < pagesAtMost; page += 1) {
    const ids = await network.findPairsDue(db.read, { dueBefore, after, limit: pageSize })
    credited += await forEachRow(deps, { what: 'credit held pair', ids, work })
    if (ids.length < pageSize) break
    after = ids.at(-1)!
  }
  return credited
}

/** What was decided is not found again, so each page begins where the last one ended; one where nothing could be decided is the last. */
async function creditBonuses(deps: HeldDeps, settledBefore: Date): Promise<number> {
  const { db } = deps
  const work = (id: number) => db.transaction((tx) => creditReferrals(tx, deps, [id])).then(() => true)
  let credited = 0
  for (let page = 0; page < pagesAtMost; page += 1) {
    const ids = await payments.findBonusesDue(db.read, { now: settledBefore, limit: pageSize })
    const decided = await forEachRow(deps, { what: 'credit held referral bonus', ids, work })
    credited += decided
    if (ids.length === 0 || decided === 0) break
  }
  return credited
}
