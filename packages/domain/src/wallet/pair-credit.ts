import { pairKey } from '../journal-keys.ts'
import { type Account, type Journal, journal, postingsOf, statementOf } from '../ledger.ts'
import { minPaise, type Paise, splitByShare } from '../money.ts'
import type { CompensationPlan } from '../plan.ts'
import { recoveryFrom, type Wallet } from './wallet.ts'

/** What a pair froze when it was matched. `pairNumber` is its ordinal in the member's life, from 1. */
export type EarnedPair = { readonly earning: Paise; readonly pairNumber: number; readonly isActiveBuyer: boolean }

/** How an earning divides between the wallet and the EMI deduction; the parts add up to the earning. */
export function pairCredit(pair: EarnedPair, plan: CompensationPlan): { wallet: Paise; emi: Paise } {
  if (pair.isActiveBuyer || pair.pairNumber <= plan.gracePairs) return { wallet: pair.earning, emi: 0n }
  const { share, rest } = splitByShare(pair.earning, plan.emiDeductionBps)
  return { wallet: rest, emi: share }
}

export type PairCreditInput = EarnedPair & {
  readonly pairId: number
  readonly userId: number
  /** The member's oldest open EMI booking and all that it still owes, or null when there is none. */
  readonly booking: { readonly id: number; readonly owed: Paise } | null
}

/**
 * Credits a pair. The EMI deduction goes to the member's EMI reserve in this journal; of it `toBooking` is meant for the booking and is
 * drawn from the reserve by a payment with method `emi_deduction` in the same transaction, `toReserve` stays. `toWallet` is the wallet's
 * part before anything that the member owes back is recovered from it. `toWallet + toBooking + toReserve` is the earning.
 */
export function creditPair(
  input: PairCreditInput,
  plan: CompensationPlan,
  wallet: Wallet,
): { journal: Journal; toBooking: Paise; toReserve: Paise; toWallet: Paise } {
  const { pairId, pairNumber, earning, userId, booking } = input
  if (wallet.userId !== userId) throw new Error(`Pair ${pairId} is of member ${userId}, not ${wallet.userId}.`)
  const parts = pairCredit(input, plan)
  const toBooking = minPaise(parts.emi, booking?.owed ?? 0n)
  const toReserve = parts.emi - toBooking
  const memberWallet: Account = { kind: 'member_wallet', userId }
  const reserve: Account = { kind: 'member_emi_reserve', userId }
  const recovery = recoveryFrom(wallet, parts.wallet)
  const name = `pair ${pairNumber}`
  return {
    journal: journal({
      key: pairKey(pairId),
      reference: { type: 'pair', id: pairId },
      postings: postingsOf(
        { from: { kind: 'commission_expense' }, to: memberWallet, amount: earning },
        { from: memberWallet, to: reserve, amount: parts.emi },
        ...recovery.postings,
      ),
      statement: statementOf(
        { userId, type: 'BINARY_PAIR', amount: earning, description: `Earning of ${name}`, earned: earning },
        { userId, type: 'EMI_DEDUCTION', amount: -toBooking, description: `EMI deduction of ${name}` },
        { userId, type: 'RESERVE_DEDUCTION', amount: -toReserve, description: `EMI reserve from ${name}` },
        ...recovery.statement,
      ),
    }),
    toBooking,
    toReserve,
    toWallet: parts.wallet,
  }
}

/** What the reserve pays into an EMI booking that owes `owed`: as much as both allow. Nothing when either is empty. */
export function reserveDraw(wallet: Wallet, owed: Paise): Paise {
  return minPaise(wallet.emiReserve, owed)
}
