import { approvePayout, cancelBooking, createBatch, depositToWallet, refundPayment } from '@ev/application'
import type { Database } from '@ev/db'
import { rupees } from '@ev/domain'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { actor, stories } from '../testing/stories.ts'

/**
 * Members with some of everything: bonuses, seven pairs with deductions, an EMI booking, a completed booking with a refund and one that was
 * cancelled, a booking of a vehicle in stock, payouts completed, in a batch and still open, a deposit and an adjustment.
 */
export async function aBusyPlatform(db: Database) {
  const platform = await aQuietPlatform(db)
  const { deps } = platform
  const story = stories(platform)
  const admin = await platform.aMember()
  const boss = actor(admin.id, 'admin')
  const asha = (await platform.aMember()).id
  const ravi = (await platform.aMember(asha)).id
  for (let n = 0; n < 13; n += 1) await platform.aMember(asha)
  const emi = await story.aBooking(ravi, { emiMonths: 6, price: 20_500 })
  await story.pay(ravi, emi.id, 8_500)
  const bought = await story.aBooking(ravi)
  const { value: whole } = await story.pay(ravi, bought.id, 100_000)
  await story.book(ravi, (await story.aVehicle({ stock: 3 })).id)
  const cancelled = await story.aBooking(ravi)
  await story.pay(ravi, cancelled.id, 6_000)
  await platform.settled()
  const refund = { actor: boss, idempotency: null, paymentId: whole.id, reason: 'Scratched' }
  await refundPayment(deps, { ...refund, amount: rupees(2_000) })
  await cancelBooking(deps, { actor: actor(ravi), idempotency: null, bookingId: cancelled.id, reason: '' })
  const payout = await story.askPayout(asha, 1_000)
  await approvePayout(deps, { actor: boss, payoutId: payout.id, idempotency: null })
  await platform.settled()
  const batched = await story.askPayout(asha, 300)
  await createBatch(deps, { actor: boss, payoutIds: [batched.id], idempotency: null })
  await depositToWallet(deps, { actor: boss, idempotency: null, userId: ravi, amount: 5_000n, reason: 'Cash' })
  await story.fund(ravi, 100)
  await story.askPayout(asha, 500)
  await platform.settled()
  return { platform, asha, ravi }
}
