import type { payouts, Reader, walletOrigins, walletTransactions } from '@ev/db'
import { type CompensationPlan, type Paise, sumPaise, type WalletTransactionType } from '@ev/domain'
import type { Actor } from '../../deps.ts'
import type { PairExplanation } from '../../network/explain-pair.ts'
import type { Operand, Step } from './steps.ts'

/** A row to be explained, with its entry and the plan that decided it. */
export type Subject = {
  readonly reader: Reader
  readonly actor: Actor
  readonly row: walletTransactions.WalletTransactionRow
  readonly entry: walletOrigins.EntryOfRow
  readonly plan: CompensationPlan | null
}

/** A RECOVERY row that lent what a reversal did not find, and what became of it in the row that is explained. */
export type Debt = {
  readonly row: walletOrigins.RecoveryRow
  readonly outstandingBefore: Paise
  readonly recovered: Paise
}

/** What lies behind a row. What a kind of row does not have is left out. */
export type Origins = {
  readonly payment?: walletOrigins.PaymentOfRow | null
  readonly booking?: walletOrigins.BookingOfRow | null
  readonly refunds?: readonly walletOrigins.RefundOfRow[]
  /** The payments whose money went back when a booking was closed. */
  readonly payments?: readonly walletOrigins.PaymentOfRow[]
  readonly pair?: PairExplanation
  readonly payout?: payouts.PayoutRow
  readonly adjustment?: walletOrigins.AdjustmentOfRow
  readonly debts?: readonly Debt[]
}

export type Explained = {
  /** What happened, in words. */
  readonly reasons: readonly string[]
  /** The arithmetic; the last step's result is the amount of the row. */
  readonly steps: readonly Step[]
  /** The settings of the plan that the arithmetic used. */
  readonly settings: readonly Operand[]
  readonly origins: Origins
}

/** What the rows of these types of the same entry add up to. */
export function sumOfRows({ entry }: Subject, ...types: readonly WalletTransactionType[]): Paise {
  const rows = entry.walletTransactions.filter(({ transactionType }) => types.includes(transactionType))
  return sumPaise(rows.map(({ amount }) => amount))
}

/** The plan of a row that only a plan can have decided. */
export function planOf({ plan, entry }: Subject): CompensationPlan {
  if (!plan) throw new Error(`The journal entry ${entry.key} names no version of the plan.`)
  return plan
}
