import { ledger, network, payments, payouts, plans, type Reader, walletTransactions } from '@ev/db'
import { type CompensationPlan, formatInr, formatIst } from '@ev/domain'
import { type Actor, type Deps, ownerUnlessAdmin } from '../deps.ts'
import { reversalReasons } from '../network/reversal-reasons.ts'

export type TransactionExplanation = {
  readonly transaction: walletTransactions.WalletTransactionRow
  readonly entry: ledger.EntryDetails
  /** What lies behind the row and the arithmetic of its amount, in words. */
  readonly reasons: readonly string[]
}

/** Why a row stands in a statement. Refuses with `wallet.transaction_not_found`, for anyone else's as well unless the actor is an admin. */
export async function explainTransaction(
  { db }: Pick<Deps, 'db'>,
  { actor, transactionId }: { actor: Actor; transactionId: number },
): Promise<TransactionExplanation> {
  const owner = ownerUnlessAdmin(actor)
  const transaction = await walletTransactions.get(db.read, transactionId, { ownedBy: owner })
  const entry = await ledger.getEntry(db.read, transaction.journalEntryId)
  const plan = entry.planVersion === null ? null : await plans.version(db.read, entry.planVersion)
  return { transaction, entry, reasons: await reasonsOf(db.read, { transaction, entry, plan }) }
}

type Subject = {
  readonly transaction: walletTransactions.WalletTransactionRow
  readonly entry: ledger.EntryDetails
  readonly plan: CompensationPlan | null
}

function reasonsOf(reader: Reader, subject: Subject): Promise<string[]> | string[] {
  const { transaction, entry, plan } = subject
  const { transactionType: type, referenceId } = transaction
  if (entry.reverses) {
    const what = `Takes back the journal entry ${entry.reverses.key}.`
    return transaction.referenceType === 'pair' ? reversedPairReasons(reader, { pairId: referenceId, what }) : [what]
  }
  if (type === 'RECOVERY') return ['What a member owes back after a reversal is taken from later credits first.']
  switch (transaction.referenceType) {
    case 'payment':
      return type === 'REFERRAL_BONUS' && plan
        ? bonusReasons(reader, { paymentId: referenceId, plan })
        : paymentReasons(transaction)
    case 'pair':
      return plan ? pairReasons(reader, { pairId: referenceId, plan }) : []
    case 'payout':
      return payoutReasons(reader, referenceId)
    case 'deposit':
      return [`An administrator recorded money received: ${transaction.description}`]
    case 'adjustment':
      return [`An administrator corrected the wallet: ${transaction.description}`]
    default:
      return [transaction.description]
  }
}

const paymentReasons = ({ referenceId, amount }: Subject['transaction']): string[] => [
  `Payment ${referenceId} moved ${formatInr(amount < 0n ? -amount : amount)} ${amount < 0n ? 'from' : 'to'} the wallet.`,
]

async function bonusReasons(
  reader: Reader,
  { paymentId, plan }: { paymentId: number; plan: CompensationPlan },
): Promise<string[]> {
  const { amount, payment } = await payments.getBonusWithPayment(reader, paymentId)
  return [
    `A member you referred paid ${formatInr(payment.amount)} for a confirmed booking (payment ${paymentId}).`,
    `${formatInr(payment.amount)} × ${percent(plan.referralBonusBps)} % = ${formatInr(amount)}, by version ${plan.version} of the plan.`,
  ]
}

async function pairReasons(
  reader: Reader,
  { pairId, plan }: { pairId: number; plan: CompensationPlan },
): Promise<string[]> {
  const { pairNumber, earningAmount, isActiveBuyer } = await network.getPair(reader, pairId, { ownedBy: null })
  const inFull = pairNumber <= plan.gracePairs || isActiveBuyer
  const rule = pairNumber <= plan.gracePairs ? `the first ${plan.gracePairs} pairs are` : 'those of an Active Buyer are'
  return [
    `Pair ${pairNumber} earned ${formatInr(earningAmount)}, by version ${plan.version} of the plan.`,
    inFull
      ? `It reached the wallet in full: ${rule} free of the EMI deduction.`
      : `${percent(plan.emiDeductionBps)} % of it went to your EMI, because you were no Active Buyer when it was matched.`,
  ]
}

async function reversedPairReasons(
  reader: Reader,
  { pairId, what }: { pairId: number; what: string },
): Promise<string[]> {
  return [what, ...reversalReasons(await network.getPair(reader, pairId, { ownedBy: null }))]
}

async function payoutReasons(reader: Reader, payoutId: number): Promise<string[]> {
  const payout = await payouts.get(reader, payoutId, { ownedBy: null })
  const { requestedAmount, tdsAmount, emiAmount, transferAmount, completedAt, planVersion } = payout
  return [
    `Payout ${payoutId} of ${formatInr(requestedAmount)}${completedAt ? `, completed on ${formatIst(completedAt)} IST` : ''}.`,
    `${formatInr(requestedAmount)} − tax ${formatInr(tdsAmount)} − EMI ${formatInr(emiAmount)} = ${formatInr(transferAmount)} to the bank, by version ${planVersion} of the plan.`,
  ]
}

/** Basis points as a percentage without needless decimals: 2000 is `20`, 250 is `2.5`. */
const percent = (basisPoints: number): string => String(basisPoints / 100)
