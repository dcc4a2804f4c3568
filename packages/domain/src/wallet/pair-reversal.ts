import { pairKey, pairReversalKey } from '../journal-keys.ts'
import { type Account, type Journal, journal, postingsOf, statementOf } from '../ledger.ts'
import { minPaise, type Paise } from '../money.ts'
import { reverseCredit, type Wallet } from './wallet.ts'

/** A pair that was credited: `earning` in all, `emiDeducted` of it to the member's EMI. */
export type CreditedPair = {
  readonly pairId: number
  readonly pairNumber: number
  readonly userId: number
  readonly earning: Paise
  readonly emiDeducted: Paise
}

/**
 * Takes the whole earning of a reversed pair back. What still lies in the EMI reserve of its EMI deduction comes from there, all the rest
 * from the wallet: what was paid into a booking stays in the booking. What the wallet does not have becomes recoverable.
 */
export function reversePair(pair: CreditedPair, wallet: Wallet): Journal {
  const { pairId, pairNumber, userId, earning, emiDeducted } = pair
  if (wallet.userId !== userId) throw new Error(`Pair ${pairId} is of member ${userId}, not ${wallet.userId}.`)
  const fromReserve = minPaise(wallet.emiReserve, emiDeducted)
  const memberWallet: Account = { kind: 'member_wallet', userId }
  const reserve: Account = { kind: 'member_emi_reserve', userId }
  const reversal = reverseCredit(
    { ...wallet, balance: wallet.balance + fromReserve },
    {
      amount: earning,
      backTo: { kind: 'commission_expense' },
      description: `Earning of pair ${pairNumber} reversed`,
      wasEarning: true,
    },
  )
  return journal({
    key: pairReversalKey(pairId),
    reverses: pairKey(pairId),
    reference: { type: 'pair', id: pairId },
    postings: postingsOf({ from: reserve, to: memberWallet, amount: fromReserve }, ...reversal.postings),
    statement: statementOf(
      {
        userId,
        type: 'RESERVE_DEDUCTION',
        amount: fromReserve,
        description: `EMI reserve of pair ${pairNumber} given back`,
      },
      ...reversal.statement,
    ),
  })
}
