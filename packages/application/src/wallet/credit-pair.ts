import { bookings, earnings, ledger, network, plans, type Tx, users, wallets } from '@ev/db'
import { creditableAt, creditPair as decideCredit, remainingOf, takesEmiDeductions } from '@ev/domain'
import { drawEmiReserve } from '../bookings/draw-emi-reserve.ts'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'

/**
 * Credits a matched pair to its earner by what the pair froze when it was matched: in full, or less the EMI deduction, which pays the
 * member's oldest open EMI booking and else stays in the EMI reserve. A pair that was credited before, was reversed, or whose cooling-off
 * is not over is left as it is.
 */
export async function creditPair(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { pairId }: { pairId: number },
): Promise<void> {
  const now = deps.clock.now()
  const pair = await network.lockPair(tx, pairId)
  const plan = await plans.version(tx, pair.planVersion)
  if (pair.status !== 'matched' || creditableAt(pair.matchedAt, plan) > now) return
  const { userId } = pair
  const open = await bookings.findOldestOpenEmi(tx, { userId, now })
  const locked = open ? bookings.toBooking(await bookings.lock(tx, open.id, { ownedBy: null })) : null
  const booking = locked !== null && takesEmiDeductions(locked, now) ? locked : null
  await users.lock(tx, userId)
  const { journal, toBooking, toReserve } = decideCredit(
    {
      pairId,
      pairNumber: pair.pairNumber,
      earning: pair.earningAmount,
      userId,
      isActiveBuyer: pair.isActiveBuyer,
      booking: booking ? { id: booking.id, owed: remainingOf(booking) } : null,
    },
    plan,
    await wallets.lock(tx, userId),
  )
  const { entryId } = await ledger.post(tx, journal, { now, planVersion: plan.version })
  const emiDeducted = toBooking + toReserve
  await earnings.insert(tx, {
    userId,
    pairId,
    journalEntryId: entryId,
    pairNumber: pair.pairNumber,
    amount: pair.earningAmount,
    emiDeducted,
    netAmount: pair.earningAmount - emiDeducted,
    createdAt: now,
  })
  await network.markPairProcessed(tx, pairId, now)
  if (emiDeducted > 0n) await drawEmiReserve(tx, deps, { userId })
  await tell(tx, deps, 'pair.credited', { pairId })
}
