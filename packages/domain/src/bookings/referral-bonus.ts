import { referralKey, referralPartReversalKey, referralReversalKey } from '../journal-keys.ts'
import { type Account, type Journal, journal } from '../ledger.ts'
import { type Paise, shareOf } from '../money.ts'
import type { CompensationPlan } from '../plan.ts'
import { creditPostings, reverseCredit, type Wallet } from '../wallet/wallet.ts'
import type { Booking } from './booking.ts'
import type { PaymentMethod } from './receive-payment.ts'

export type ReferralBonusInput = {
  /** `amount` is net of refunds. */
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

/** A bonus that was credited, and how much of it has been taken back since. */
export type CreditedBonus = ReferralBonus & { readonly paymentId: number; readonly reversed: Paise }

/**
 * What a credited bonus is still worth when `netAmount` of its payment is left: its share, by the plan that the bonus was credited under.
 * Nothing is left of a payment that was refunded in full, so that its bonus is taken back to the last paisa.
 */
export function bonusKept(netAmount: Paise, plan: CompensationPlan): Paise {
  return shareOf(netAmount, plan.referralBonusBps)
}

/**
 * Takes a bonus back down to `kept`, which it keeps; what the referrer's wallet does not have becomes recoverable. A bonus that goes back
 * whole and at once is the linked reversal of its entry; a part is an entry of its own. Null when there is nothing to take back.
 */
export function reverseReferral(
  bonus: CreditedBonus,
  { kept }: { kept: Paise },
  wallet: Wallet,
): { journal: Journal; reversed: Paise } | null {
  requireWalletOf(bonus, wallet)
  const { paymentId } = bonus
  const amount = bonus.amount - bonus.reversed - kept
  if (amount < 0n) throw new Error(`The bonus of payment ${paymentId} cannot grow when money is refunded.`)
  if (amount === 0n) return null
  const reversed = bonus.reversed + amount
  const entry =
    amount === bonus.amount
      ? { key: referralReversalKey(paymentId), reverses: referralKey(paymentId) }
      : { key: referralPartReversalKey(paymentId, reversed) }
  return {
    reversed,
    journal: journal({
      ...entry,
      reference: { type: 'payment', id: paymentId },
      ...reverseCredit(wallet, {
        amount,
        backTo: commission,
        description: `Referral bonus of refunded payment ${paymentId} reversed`,
        wasEarning: true,
      }),
    }),
  }
}

function requireWalletOf({ referrerId, paymentId }: { referrerId: number; paymentId: number }, wallet: Wallet): void {
  if (wallet.userId !== referrerId)
    throw new Error(`The bonus of payment ${paymentId} is not of member ${wallet.userId}.`)
}
