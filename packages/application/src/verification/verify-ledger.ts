import type { Deps } from '../deps.ts'
import type { Difference } from './findings.ts'
import { type Verification, type VerifyOptions, verifying } from './verification.ts'
import { verifyAccounts } from './verify-accounts.ts'
import { verifyActiveBuyers } from './verify-active-buyers.ts'
import { verifyAdjustments } from './verify-adjustments.ts'
import { verifyBookings } from './verify-bookings.ts'
import { verifyEntries } from './verify-entries.ts'
import { verifyPairs } from './verify-pairs.ts'
import { verifyPayments } from './verify-payments.ts'
import { verifyPayouts } from './verify-payouts.ts'
import { verifyRefunds } from './verify-refunds.ts'
import { verifyStock } from './verify-stock.ts'
import { verifyTaxRecords } from './verify-tax-records.ts'
import { verifyWallets } from './verify-wallets.ts'

type Subject = {
  readonly name: string
  /** How the names of its checks begin. */
  readonly checks: readonly string[]
  verify(verification: Verification): Promise<void>
}

const subjects: readonly Subject[] = [
  { name: 'journal entries', checks: ['entry.'], verify: verifyEntries },
  { name: 'payments and bonuses', checks: ['payment.', 'bonus.', 'order.'], verify: verifyPayments },
  { name: 'refunds', checks: ['refund.'], verify: verifyRefunds },
  { name: 'deposits and adjustments', checks: ['deposit.', 'adjustment.'], verify: verifyAdjustments },
  { name: 'pairs and earnings', checks: ['pair.'], verify: verifyPairs },
  { name: 'payouts', checks: ['payout.', 'batch.'], verify: verifyPayouts },
  { name: 'tax records', checks: ['tax.'], verify: verifyTaxRecords },
  { name: 'bookings and instalments', checks: ['booking.', 'instalment.'], verify: verifyBookings },
  { name: 'stock', checks: ['vehicle.'], verify: verifyStock },
  { name: 'wallets', checks: ['wallet.', 'member.wallet'], verify: verifyWallets },
  { name: 'accounts', checks: ['account.'], verify: verifyAccounts },
  { name: 'active buyers', checks: ['member.active_buyer'], verify: verifyActiveBuyers },
]

/**
 * Recomputes what the journal and the records say of each other and compares it with every stored figure; `checks.ts` lists the checks. Answers
 * every difference; an empty list means that each rupee is explained.
 */
export function verifyLedger(deps: Pick<Deps, 'db' | 'clock'>, options: VerifyOptions): Promise<Difference[]> {
  return verifying(deps, options, async (verification) => {
    const { only, progress } = options
    const isWanted = ({ checks }: Subject) =>
      !only || only.some((name) => checks.some((start) => name.startsWith(start)))
    for (const { name, verify } of subjects.filter(isWanted)) {
      progress(name)
      await verify(verification)
    }
  })
}
