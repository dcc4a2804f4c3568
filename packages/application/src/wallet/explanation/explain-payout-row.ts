import { payouts, plans, walletOrigins } from '@ev/db'
import { type CompensationPlan, formatInr, formatIst, formatRupees } from '@ev/domain'
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
import type { Explained, Subject } from './subject.ts'

/** A completed payout, or the EMI part of one. */
export async function explainPayoutRow({ reader, row, entry }: Subject): Promise<Explained> {
  const payout = await payouts.get(reader, row.referenceId, { ownedBy: null })
  const plan = await plans.version(reader, payout.planVersion)
  const isEmi = row.transactionType === 'EMI_DEDUCTION'
  const draw = isEmi ? await walletOrigins.nextDrawAfter(reader, { userId: row.userId, entryId: entry.id }) : null
  const { id, requestedAmount, tdsAmount, emiAmount, transferAmount, completedAt } = payout
  return {
    reasons: [
      `Payout ${id} of ${formatInr(requestedAmount)}${completedAt ? `, completed on ${formatIst(completedAt)} IST` : ''}.`,
      `${formatInr(requestedAmount)} − tax ${formatInr(tdsAmount)} − EMI ${formatInr(emiAmount)} = ${formatInr(transferAmount)} to the bank, by version ${plan.version} of the plan.`,
    ],
    steps: [...partsOf(payout, plan), ...amountOf(payout, { isEmi })],
    settings: settingsOf(plan),
    origins: { payout, ...(draw && { payment: draw, booking: draw.booking }) },
  }
}

/** How the requested amount divides. Tax by section 194H follows from the year until then, so it stands as it was fixed. */
function partsOf({ requestedAmount, tdsAmount, emiAmount }: payouts.PayoutRow, plan: CompensationPlan): Step[] {
  const requested: Named = ['requested_amount', requestedAmount]
  const isFlat = plan.tdsPolicy === 'flat_with_ceiling'
  const shareOfTax = share('tds_share', requested, ['tds_percent', plan.tdsBps])
  const tax = isFlat
    ? [shareOfTax, least('tds', resultOf(shareOfTax), ['tds_ceiling', plan.tdsCeiling])]
    : [given('tds', ['tds_amount', tdsAmount])]
  const net = difference('net', requested, ['tds', tdsAmount])
  return [...tax, net, difference('transfer', resultOf(net), ['emi_amount', emiAmount])]
}

function amountOf({ requestedAmount, emiAmount }: payouts.PayoutRow, { isEmi }: { isEmi: boolean }): Step[] {
  if (isEmi) return [negative('amount', ['emi_amount', emiAmount])]
  const debit = difference('debit', ['requested_amount', requestedAmount], ['emi_amount', emiAmount])
  return [debit, negative('amount', resultOf(debit))]
}

function settingsOf(plan: CompensationPlan): Operand[] {
  const policy = { name: 'tds_policy', value: plan.tdsPolicy }
  if (plan.tdsPolicy === 'section_194h') return [policy]
  return [
    policy,
    { name: 'tds_percent', value: percent(plan.tdsBps) },
    { name: 'tds_ceiling', value: formatRupees(plan.tdsCeiling) },
  ]
}
