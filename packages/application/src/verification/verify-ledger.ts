import type { Deps } from '../deps.ts'
import { type Difference, findings, type Progress } from './findings.ts'
import { verifyActiveBuyers } from './verify-active-buyers.ts'
import { verifyAdjustments } from './verify-adjustments.ts'
import { verifyBonuses } from './verify-bonuses.ts'
import { verifyBookings } from './verify-bookings.ts'
import { verifyEntries } from './verify-entries.ts'
import { verifyHolds } from './verify-holds.ts'
import { verifyPairs } from './verify-pairs.ts'
import { verifyRefunds } from './verify-refunds.ts'
import { verifyTax } from './verify-tax.ts'
import { verifyWallets } from './verify-wallets.ts'

/**
 * Recomputes what the journal says and compares it with every stored figure: entries, wallets and their statements, bookings, instalments,
 * bonuses, pairs, payouts, tax, Active Buyers. Answers every difference; an empty list means that each rupee is explained. It reads
 * page by page without a lock, so a figure that changes meanwhile can show as a difference: run it again, or at rest. Credits are made by
 * messages: one that is missing counts once the payment or pair is older than `settledAfterMs` and its cooling-off is over.
 */
export async function verifyLedger(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { progress, settledAfterMs }: { progress: Progress; settledAfterMs: number },
): Promise<Difference[]> {
  const reader = db.read
  const settledBefore = new Date(clock.now().getTime() - settledAfterMs)
  const found = findings()
  progress('journal entries balance')
  await verifyEntries(reader, found)
  progress('wallets')
  await verifyWallets(reader, found)
  progress('bookings and instalments')
  await verifyBookings(reader, found)
  progress('refunds')
  await verifyRefunds(reader, found)
  progress('referral bonuses')
  await verifyBonuses(reader, found, settledBefore)
  progress('pairs and earnings')
  await verifyPairs(reader, found, settledBefore)
  progress('payouts and tax')
  await verifyTax(reader, found)
  progress('holds, batches and adjustments')
  await verifyHolds(reader, found)
  await verifyAdjustments(reader, found)
  progress('active buyers')
  await verifyActiveBuyers(reader, found, clock.now())
  return found.differences
}
