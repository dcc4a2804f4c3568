import { network, payments, plans } from '@ev/db'
import { addDays } from '@ev/domain'
import { creditReferral } from '../bookings/credit-referral.ts'
import type { Deps } from '../deps.ts'
import { forEachRow } from '../maintenance/for-each-row.ts'
import { creditPair } from './credit-pair.ts'

const pageSize = 500
/** How far back a run looks beyond the cooling-off, so that a day without a worker loses nothing. */
const catchUpDays = 30
const handlersTakeMs = 10 * 60_000

/**
 * Credits commissions whose cooling-off is over, and whatever else was left behind: pairs that stayed `matched`, and payments of confirmed
 * bookings that have no bonus. Answers how many pairs and bookings were credited or looked at.
 */
export async function creditHeldCommissions(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): Promise<number> {
  const { db, clock } = deps
  const now = clock.now()
  const { commissionHoldDays } = await plans.current(db.read, now)
  // Younger ones are the handlers' own; this only takes what they have left.
  const settledBefore = new Date(now.getTime() - handlersTakeMs)
  const window = {
    from: addDays(settledBefore, -commissionHoldDays - catchUpDays),
    to: addDays(settledBefore, -commissionHoldDays),
  }
  const pairs = await network.findMatched(db.read, { before: settledBefore, limit: pageSize })
  const bookings = await payments.findBookingsWithoutBonus(db.read, { ...window, limit: pageSize })
  const creditOne = (id: number) => db.transaction((tx) => creditPair(tx, deps, { pairId: id })).then(() => true)
  const creditBooking = (id: number) =>
    db.transaction((tx) => creditReferral(tx, deps, { bookingId: id })).then(() => true)
  return (
    (await forEachRow(deps, { what: 'credit held pair', ids: pairs.map(({ id }) => id), work: creditOne })) +
    (await forEachRow(deps, { what: 'credit held referral bonus', ids: bookings, work: creditBooking }))
  )
}
