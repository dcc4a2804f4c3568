import { walletHistory, walletOrigins } from '@ev/db'
import { type CompensationPlan, formatInr } from '@ev/domain'
import { explainPair, type PairExplanation } from '../../network/explain-pair.ts'
import {
  difference,
  given,
  least,
  type Named,
  negative,
  type Operand,
  percent,
  resultOf,
  type Step,
  share,
} from './steps.ts'
import { type Explained, type Subject, sumOfRows } from './subject.ts'

/** A pair's earning, its EMI deduction, what of it went to the reserve, and all of these when the pair was reversed. */
export async function explainPairRow(subject: Subject): Promise<Explained> {
  const { reader, actor, row, entry } = subject
  const pair = await explainPair({ db: { read: reader } }, { actor, pairId: row.referenceId })
  const settings = settingsOf(pair.plan)
  if (entry.reverses) {
    const reasons = [`Takes back the journal entry ${entry.reverses.key}.`, ...pair.reversalReasons]
    return { reasons, steps: await reversalSteps(subject, pair), settings, origins: { pair } }
  }
  const draw =
    row.transactionType === 'EMI_DEDUCTION'
      ? await walletOrigins.nextDrawAfter(reader, { userId: row.userId, entryId: entry.id })
      : null
  return {
    reasons: reasonsOf(pair),
    steps: creditSteps(subject, pair),
    settings,
    origins: { pair, ...(draw && { payment: draw, booking: draw.booking }) },
  }
}

const earningOf = ({ pair }: PairExplanation): Named => ['pair_earning', pair.earningAmount]

function creditSteps(subject: Subject, pair: PairExplanation): Step[] {
  const type = subject.row.transactionType
  if (type === 'BINARY_PAIR') return [given('amount', earningOf(pair))]
  const deducted = share('emi_deducted', earningOf(pair), ['emi_deduction_percent', pair.plan.emiDeductionBps])
  const toBooking: Named = ['paid_into_booking', -sumOfRows(subject, 'EMI_DEDUCTION')]
  const toReserve = difference('kept_in_reserve', resultOf(deducted), toBooking)
  const steps = [deducted, toReserve]
  if (type === 'RESERVE_DEDUCTION') return [...steps, negative('amount', resultOf(toReserve))]
  const paid = difference('paid_into_booking', resultOf(deducted), resultOf(toReserve))
  return [...steps, paid, negative('amount', resultOf(paid))]
}

/** The whole earning goes back; what still lies in the reserve of its EMI deduction comes from there. */
async function reversalSteps(subject: Subject, pair: PairExplanation): Promise<Step[]> {
  const { reader, row, entry } = subject
  if (row.transactionType !== 'RESERVE_DEDUCTION') return [negative('amount', earningOf(pair))]
  const { emiReserve } = await walletHistory.walletAt(reader, row.userId, { beforeEntry: entry.id })
  return [least('amount', ['reserve_before', emiReserve], ['emi_deducted', pair.parts.emi])]
}

function reasonsOf({ pair, plan }: PairExplanation): string[] {
  const inFull = pair.pairNumber <= plan.gracePairs || pair.isActiveBuyer
  const rule =
    pair.pairNumber <= plan.gracePairs ? `the first ${plan.gracePairs} pairs are` : 'those of an Active Buyer are'
  return [
    `Pair ${pair.pairNumber} earned ${formatInr(pair.earningAmount)}, by version ${plan.version} of the plan.`,
    inFull
      ? `It reached the wallet in full: ${rule} free of the EMI deduction.`
      : `${percent(plan.emiDeductionBps)} % of it went to your EMI, because you were no Active Buyer when it was matched.`,
  ]
}

function settingsOf(plan: CompensationPlan): Operand[] {
  return [
    { name: 'pair_eligibility', value: plan.pairEligibility },
    { name: 'monthly_pair_limit', value: String(plan.monthlyPairLimit) },
    { name: 'grace_pairs', value: String(plan.gracePairs) },
    { name: 'emi_deduction_percent', value: percent(plan.emiDeductionBps) },
  ]
}
