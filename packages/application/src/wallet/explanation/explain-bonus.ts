import { walletOrigins } from '@ev/db'
import { formatInr, type Paise, sumPaise } from '@ev/domain'
import { difference, type Named, negative, percent, resultOf, type Step, share, sum } from './steps.ts'
import { type Explained, planOf, type Subject } from './subject.ts'

/** A bonus: the plan's share of what was left of its payment when it was credited. */
export async function explainBonus(subject: Subject): Promise<Explained> {
  const { reader, row, entry } = subject
  const plan = planOf(subject)
  const payment = await walletOrigins.paymentOfRow(reader, row.referenceId)
  const refunds = await walletOrigins.refundsBefore(reader, payment.refunds, entry.id)
  const left = leftOfPayment(payment, refunds)
  const amount = share('amount', left.net, ['referral_bonus_percent', plan.referralBonusBps])
  return {
    reasons: [
      `A member you referred paid ${formatInr(payment.amount)} for a confirmed booking (payment ${payment.id}).`,
      `${amount.text}, by version ${plan.version} of the plan.`,
    ],
    steps: [...left.steps, amount],
    settings: [{ name: 'referral_bonus_percent', value: percent(plan.referralBonusBps) }],
    origins: { payment, booking: payment.booking, refunds },
  }
}

/** A bonus that was taken back, whole or in part: down to the share of what was left of its payment. */
export async function explainBonusReversal(subject: Subject): Promise<Explained> {
  const { reader, row, entry } = subject
  const plan = planOf(subject)
  const payment = await walletOrigins.paymentOfRow(reader, row.referenceId)
  const bonus = payment.referralBonus
  if (!bonus) throw new Error(`Payment ${payment.id} has no bonus that entry ${entry.key} could take back.`)
  const isClosed = await walletOrigins.wasClosedBefore(reader, payment.bookingId, entry.id)
  const refunds = await walletOrigins.refundsBefore(reader, payment.refunds, entry.id)
  const left = leftOfPayment(payment, refunds, { isClosed })
  const before = await walletOrigins.bonusReversedBefore(reader, payment.id, entry.id)
  const kept = share('bonus_kept', left.net, ['referral_bonus_percent', plan.referralBonusBps])
  const reversed = difference(
    'reversed_now',
    ['bonus_amount', bonus.amount],
    ['reversed_before', before],
    resultOf(kept),
  )
  const why = isClosed ? 'was refunded when its booking was closed' : 'was refunded'
  return {
    reasons: [
      entry.reverses
        ? `Takes back the journal entry ${entry.reverses.key}.`
        : `Takes back a part of the bonus of payment ${payment.id}.`,
      `Payment ${payment.id} of ${formatInr(payment.amount)} ${why}, so that ${formatInr(left.net[1])} of it is left, of which the bonus is ${formatInr(kept.result)}.`,
      `${reversed.text} is taken back, by version ${plan.version} of the plan.`,
    ],
    steps: [...left.steps, kept, reversed, negative('amount', resultOf(reversed))],
    settings: [{ name: 'referral_bonus_percent', value: percent(plan.referralBonusBps) }],
    origins: { payment, booking: payment.booking, refunds },
  }
}

/** What was left of a payment after these refunds; a closed booking has given everything back. */
function leftOfPayment(
  payment: walletOrigins.PaymentOfRow,
  refunds: readonly { amount: Paise }[],
  { isClosed = false } = {},
): { net: Named; steps: Step[] } {
  const paid: Named = ['payment_amount', payment.amount]
  if (isClosed) {
    const left = difference('payment_left', paid, ['given_back_by_closing', payment.amount])
    return { net: resultOf(left), steps: [left] }
  }
  if (refunds.length === 0) return { net: paid, steps: [] }
  const refunded = sum('refunded', ...refunds.map(({ amount }): Named => ['refund_amount', amount]))
  const left = difference('payment_left', paid, ['refunded', sumPaise(refunds.map(({ amount }) => amount))])
  return { net: resultOf(left), steps: [refunded, left] }
}
