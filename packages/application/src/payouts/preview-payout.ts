import { plans } from '@ev/db'
import { DomainError, formatRupees, type Paise, type PayoutAmounts, payoutAmounts } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { emiDueOf, tdsFacts } from './payout-amounts.ts'

/**
 * How a payout would divide between tax, EMI and the bank if the member asked for it now. Nothing is held, and whether the wallet has that
 * much is not looked at. Refuses with `payout.below_minimum`.
 */
export async function previewPayout(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, requested, isEmiAutoFilled }: { userId: number; requested: Paise; isEmiAutoFilled: boolean },
): Promise<PayoutAmounts> {
  const now = clock.now()
  const plan = await plans.current(db.read, now)
  if (requested <= 0n || requested < plan.payoutMinimum) {
    throw new DomainError('payout.below_minimum', { minimum: formatRupees(plan.payoutMinimum) }, 'amount')
  }
  const tds = await tdsFacts(db.read, { userId, now })
  const emiDue = isEmiAutoFilled ? await emiDueOf(db.read, { userId, now }) : 0n
  return payoutAmounts({ requested, tds, isEmiAutoFilled, emiDue }, plan, now)
}
