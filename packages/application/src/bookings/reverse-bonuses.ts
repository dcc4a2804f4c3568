import { ledger, payments, plans, type Reader, type Tx, users, wallets } from '@ev/db'
import { bonusKept, type CreditedBonus, type Paise, type Payment, reverseReferral } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'

/** A bonus and what it is still worth. */
export type BonusToReverse = { readonly bonus: CreditedBonus & { readonly planVersion: number }; readonly kept: Paise }

/** A bonus with what it is worth once its payment stands as given. */
export async function withWhatIsKept(
  reader: Reader | Tx,
  bonus: BonusToReverse['bonus'],
  payment: Payment,
): Promise<BonusToReverse> {
  const plan = await plans.version(reader, bonus.planVersion)
  return { bonus, kept: bonusKept(payment.amount - payment.refunded, plan) }
}

/**
 * Locks everyone whose money moves when a member is given something back: the member and the referrers of the bonuses, first their rows,
 * then their wallets, each by ascending id. The caller holds the booking's row.
 */
export async function lockPeople(
  tx: Tx,
  { userId, bonuses }: { userId: number; bonuses: readonly CreditedBonus[] },
): Promise<void> {
  const ids = [userId, ...bonuses.map(({ referrerId }) => referrerId)]
  await users.lockMany(tx, ids)
  await wallets.lockRowsOf(tx, ids)
}

/** Takes referral bonuses back down to what they are still worth, out of the referrers' wallets that the caller has locked, and tells of each. */
export async function reverseBonuses(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { toReverse, actorId }: { toReverse: readonly BonusToReverse[]; actorId: number | null },
): Promise<void> {
  for (const { bonus, kept } of toReverse) {
    const taken = reverseReferral(bonus, { kept }, await wallets.lock(tx, bonus.referrerId))
    if (!taken) continue
    await ledger.post(tx, taken.journal, { now: deps.clock.now(), actorId, planVersion: bonus.planVersion })
    await payments.saveReversedBonus(tx, { paymentId: bonus.paymentId, reversed: taken.reversed })
    await tell(tx, deps, 'referral.reversed', { paymentId: bonus.paymentId })
  }
}
