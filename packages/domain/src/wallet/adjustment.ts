import { DomainError } from '../errors.ts'
import { adjustmentKey, depositKey } from '../journal-keys.ts'
import { type Journal, journal } from '../ledger.ts'
import type { Paise } from '../money.ts'
import { creditPostings, requireAvailable, type Wallet } from './wallet.ts'

/** Records money that an administrator received for a member. Refuses an amount that is not positive. */
export function depositTo(
  wallet: Wallet,
  { id, amount, reason }: { id: number; amount: Paise; reason: string },
): Journal {
  if (amount <= 0n) throw new DomainError('payment.not_positive', {}, 'amount')
  return journal({
    key: depositKey(id),
    reference: { type: 'deposit', id },
    ...creditPostings(wallet, {
      from: { kind: 'bank' },
      amount,
      type: 'DEPOSIT',
      description: reason,
      isEarning: false,
    }),
  })
}

/**
 * Corrects a wallet by a signed amount at the company's expense. A correction is not an earning. Refuses nothing at all (`payment.not_positive`)
 * and more than the wallet has available (`wallet.insufficient`).
 */
export function adjustWallet(
  wallet: Wallet,
  { id, amount, reason }: { id: number; amount: Paise; reason: string },
): Journal {
  if (amount === 0n) throw new DomainError('payment.not_positive', {}, 'amount')
  const entry = { key: adjustmentKey(id), reference: { type: 'adjustment', id } } as const
  if (amount > 0n) {
    const credit = { from: { kind: 'commission_expense' }, amount, type: 'ADJUSTMENT', description: reason } as const
    return journal({ ...entry, ...creditPostings(wallet, { ...credit, isEarning: false }) })
  }
  requireAvailable(wallet, -amount)
  const { userId } = wallet
  return journal({
    ...entry,
    postings: [{ from: { kind: 'member_wallet', userId }, to: { kind: 'commission_expense' }, amount: -amount }],
    statement: [{ userId, type: 'ADJUSTMENT', amount, description: reason }],
  })
}
