import { referralKey, referralReversalKey } from '../journal-keys.ts'
import { type Account, type Journal, journal } from '../ledger.ts'
import { type Paise, shareOf } from '../money.ts'
import type { CompensationPlan } from '../plan.ts'
import { creditPostings, reverseCredit, type Wallet } from '../wallet/wallet.ts'
import type { Booking } from './booking.ts'
import type { PaymentMethod } from './receive-payment.ts'

export type ReferralBonusInput = {
  readonly payment: { readonly id: number; readonly amount: Paise; readonly method: PaymentMethod }
  readonly booking: Pick<Booking, 'userId' | 'status' | 'confirmedAt' | 'referrerId'>
  /** Who referred the member; counts when the booking names nobody. */
  readonly memberReferrerId: number | null
}

/** A bonus that a payment earns for a referrer; `amount` > 0. */
export type ReferralBonus = { readonly referrerId: number; readonly amount: Paise }

/**
 * The bonus of one payment: a share of every payment that the member made of a confirmed booking, to the booking's referrer or else the
 * member's. Null when there is none: an EMI deduction, a booking that is not confirmed yet (ask again when it is), one that was closed
 * and has refunded its payments, no referrer, the member as the own referrer, or a share that rounds to nothing.
 */
export function referralBonus(
  { payment, booking, memberReferrerId }: ReferralBonusInput,
  plan: CompensationPlan,
): ReferralBonus | null {
  const referrerId = booking.referrerId ?? memberReferrerId
  if (payment.method === 'emi_deduction') return null
  if (booking.confirmedAt === null || booking.status === 'cancelled' || booking.status === 'expired') return null
  if (referrerId === null || referrerId === booking.userId) return null
  const amount = shareOf(payment.amount, plan.referralBonusBps)
  return amount === 0n ? null : { referrerId, amount }
}

const commission: Account = { kind: 'commission_expense' }

/** Credits a bonus to the referrer, whose wallet is given. One journal for a payment, ever. */
export function creditReferral(bonus: ReferralBonus & { readonly paymentId: number }, wallet: Wallet): Journal {
  requireWalletOf(bonus, wallet)
  return journal({
    key: referralKey(bonus.paymentId),
    reference: { type: 'payment', id: bonus.paymentId },
    ...creditPostings(wallet, {
      from: commission,
      amount: bonus.amount,
      type: 'REFERRAL_BONUS',
      description: `Referral bonus of payment ${bonus.paymentId}`,
      isEarning: true,
    }),
  })
}

/** Takes the bonus of a refunded payment back; what the referrer's wallet does not have becomes recoverable. */
export function reverseReferral(bonus: ReferralBonus & { readonly paymentId: number }, wallet: Wallet): Journal {
  requireWalletOf(bonus, wallet)
  return journal({
    key: referralReversalKey(bonus.paymentId),
    reference: { type: 'payment', id: bonus.paymentId },
    reverses: referralKey(bonus.paymentId),
    ...reverseCredit(wallet, {
      amount: bonus.amount,
      backTo: commission,
      description: `Referral bonus of refunded payment ${bonus.paymentId} reversed`,
      wasEarning: true,
    }),
  })
}

function requireWalletOf({ referrerId, paymentId }: { referrerId: number; paymentId: number }, wallet: Wallet): void {
  if (wallet.userId !== referrerId)
    throw new Error(`The bonus of payment ${paymentId} is not of member ${wallet.userId}.`)
}
