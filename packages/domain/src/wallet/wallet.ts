import { DomainError } from '../errors.ts'
import type { Journal, Posting, StatementLine, WalletEffect, WalletTransactionType } from '../ledger.ts'
import { type Account, postingsOf, statementOf, walletEffects } from '../ledger.ts'
import { formatRupees, maxPaise, minPaise, type Paise } from '../money.ts'

/**
 * A member's wallet. `balance` includes what is `held` for payouts; `emiReserve` stands beside it; `recoverable` is what the member
 * owes back. None of them is ever negative, and `held` is at most `balance`. `totalEarned` is what was credited less what was reversed.
 */
export type Wallet = {
  readonly userId: number
  readonly balance: Paise
  readonly held: Paise
  readonly emiReserve: Paise
  readonly recoverable: Paise
  readonly totalEarned: Paise
  readonly totalWithdrawn: Paise
}

export function emptyWallet(userId: number): Wallet {
  return {
    userId,
    balance: 0n,
    held: 0n,
    emiReserve: 0n,
    recoverable: 0n,
    totalEarned: 0n,
    totalWithdrawn: 0n,
  }
}

/** What the member may spend or ask to have paid out now. */
export function available(wallet: Wallet): Paise {
  return wallet.balance - wallet.held
}

/** Refuses with `wallet.insufficient` when the wallet cannot spend `amount` now. */
export function requireAvailable(wallet: Wallet, amount: Paise): void {
  if (amount > available(wallet)) {
    throw new DomainError('wallet.insufficient', { available: formatRupees(available(wallet)) }, 'amount')
  }
}

/** The wallet after a journal. A figure that would go below zero is a fault of the rule that made the journal. */
export function walletAfter(wallet: Wallet, entry: Journal): Wallet {
  const effect = walletEffects(entry).get(wallet.userId)
  if (!effect) return wallet
  const after = applyEffect(wallet, effect)
  if (after.held < 0n || available(after) < 0n || after.emiReserve < 0n || after.recoverable < 0n) {
    throw new Error(`Journal ${entry.key} takes the wallet of member ${wallet.userId} below zero.`)
  }
  return after
}

function applyEffect(wallet: Wallet, effect: WalletEffect): Wallet {
  return {
    userId: wallet.userId,
    balance: wallet.balance + effect.balance,
    held: wallet.held + effect.held,
    emiReserve: wallet.emiReserve + effect.reserve,
    recoverable: wallet.recoverable + effect.recoverable,
    totalEarned: wallet.totalEarned + effect.earned,
    totalWithdrawn: wallet.totalWithdrawn + effect.withdrawn,
  }
}

/** A credit's postings and statement, before they are put into a journal together with whatever else belongs to the event. */
export type Credit = { readonly postings: readonly Posting[]; readonly statement: readonly StatementLine[] }

export type CreditInput = {
  readonly from: Account
  readonly amount: Paise
  readonly type: WalletTransactionType
  readonly description: string
  /** Whether the credit counts in `totalEarned`. */
  readonly isEarning: boolean
}

/** Credits `amount` > 0 to a wallet; what the member owes back is taken out of it first, as RECOVERY. */
export function creditPostings(wallet: Wallet, { from, amount, type, description, isEarning }: CreditInput): Credit {
  const { userId } = wallet
  const memberWallet: Account = { kind: 'member_wallet', userId }
  const recovery = recoveryFrom(wallet, amount)
  return {
    postings: postingsOf({ from, to: memberWallet, amount }, ...recovery.postings),
    statement: statementOf(
      { userId, type, amount, description, ...(isEarning ? { earned: amount } : {}) },
      ...recovery.statement,
    ),
  }
}

/** Takes what the member owes back out of `credited`, which has just reached the wallet; nothing when nothing is owed. */
export function recoveryFrom(wallet: Wallet, credited: Paise): Credit {
  const { userId } = wallet
  const amount = minPaise(credited, wallet.recoverable)
  return {
    postings: postingsOf({
      from: { kind: 'member_wallet', userId },
      to: { kind: 'member_recoverable', userId },
      amount,
    }),
    statement: statementOf({ userId, type: 'RECOVERY', amount: -amount, description: 'Recovered from what is owed' }),
  }
}

export type CreditReversal = {
  /** The amount that was credited and is taken back, > 0. */
  readonly amount: Paise
  /** Where the credit had come from. */
  readonly backTo: Account
  readonly description: string
  /** Whether the credit had counted in `totalEarned`. */
  readonly wasEarning: boolean
}

/**
 * Takes a credit back. What the wallet has available pays for it; the rest is lent to the wallet and becomes recoverable.
 * The statement shows the loan first, as a positive RECOVERY, then the whole REVERSAL, so that the balance is never negative in between
 * and the member's RECOVERY rows always sum to what is still owed, with the sign turned.
 */
export function reverseCredit(wallet: Wallet, { amount, backTo, description, wasEarning }: CreditReversal): Credit {
  const { userId } = wallet
  const memberWallet: Account = { kind: 'member_wallet', userId }
  const lent = maxPaise(amount - available(wallet), 0n)
  return {
    postings: postingsOf(
      { from: { kind: 'member_recoverable', userId }, to: memberWallet, amount: lent },
      { from: memberWallet, to: backTo, amount },
    ),
    statement: statementOf(
      { userId, type: 'RECOVERY', amount: lent, description: 'Owed, to be recovered from later credits' },
      { userId, type: 'REVERSAL', amount: -amount, description, ...(wasEarning ? { earned: -amount } : {}) },
    ),
  }
}
