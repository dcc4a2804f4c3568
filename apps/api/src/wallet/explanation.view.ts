import { stepOperations, type TransactionExplanation } from '@ev/application'
import type { walletOrigins } from '@ev/db'
import { sumPaise } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, signedRupees } from '../http/index.ts'
import {
  journalLine,
  explanationView as pairExplanationView,
  toJournalLine,
  toExplanationView as toPairExplanation,
} from '../network/explanation.view.ts'
import {
  adjustment,
  bonus,
  booking,
  debt,
  entryLink,
  payment,
  payout,
  refund,
  toAdjustment,
  toDebt,
  toPaymentFields,
  toPayout,
} from './origins.view.ts'
import { toWalletTransactionView, walletTransactionView } from './wallet.view.ts'

const operand = z.object({ name: z.string(), value: z.string() })
const step = z.object({
  name: z.string(),
  operation: z.enum(stepOperations),
  operands: z.array(operand),
  result: signedRupees,
  text: z.string(),
})

/**
 * Why a row stands in the statement. The lines of the journal entry sum to zero; money that an account receives is positive, and those of the member's
 * wallet and hold sum to the amounts of `journal_entry.rows`. The last step of `steps` results in the amount of the row.
 */
export const explanationView = z.object({
  transaction: walletTransactionView.meta({ description: 'The row itself.' }),
  rule: z.array(z.string()).meta({ description: 'What lies behind it, and the arithmetic of its amount.' }),
  plan_version: z
    .int()
    .nullable()
    .meta({ description: 'The version of the plan that decided the amount, when one did.' }),
  settings: z.array(operand).meta({ description: 'The settings of that plan which were used.' }),
  steps: z.array(step).meta({ description: 'The arithmetic with exact values, step by step.' }),
  payment: payment.nullable().meta({ description: 'The payment behind it: what earned, moved or went back.' }),
  booking: booking.nullable().meta({ description: 'The booking behind it.' }),
  bonus: bonus.nullable().meta({ description: 'The referral bonus of the payment.' }),
  payments: z.array(payment).meta({ description: 'The payments that went back when the booking was closed.' }),
  refunds: z.array(refund).meta({ description: 'Refunds of the payment that had been made by then.' }),
  pair: pairExplanationView.nullable().meta({ description: 'The pair behind it, explained.' }),
  payout: payout.nullable().meta({ description: 'The payout behind it.' }),
  adjustment: adjustment.nullable().meta({ description: 'What an administrator put in or corrected.' }),
  debts: z.array(debt).meta({ description: 'What was owed, since which reversal, and what this row paid back of it.' }),
  journal_entry: z
    .object({
      id: idNumber,
      key: z.string(),
      created_at: instant,
      actor: idNumber.nullable().meta({ description: 'Who caused it; null for the platform itself.' }),
      reverses: entryLink.nullable().meta({ description: 'The entry that it takes back.' }),
      reversed_by: entryLink.nullable().meta({ description: 'The entry that took it back.' }),
      lines: z.array(journalLine),
      balance_change: signedRupees.meta({ description: 'By how much it changed the balance.' }),
      rows: z.array(walletTransactionView).meta({ description: 'Its rows in the statement; they sum to that change.' }),
    })
    .meta({ description: 'The entry in the ledger that it belongs to.' }),
})

export function toExplanationView(explanation: TransactionExplanation): z.output<typeof explanationView> {
  const { transaction, entry, reasons, steps, settings, origins } = explanation
  return {
    transaction: toWalletTransactionView(transaction),
    rule: [...reasons],
    plan_version: entry.planVersion,
    settings: settings.map((each) => ({ ...each })),
    steps: steps.map(({ operands, ...each }) => ({ ...each, operands: operands.map((one) => ({ ...one })) })),
    ...toPaymentFields(origins, transaction.userId),
    pair: origins.pair ? toPairExplanation(origins.pair) : null,
    payout: origins.payout ? toPayout(origins.payout) : null,
    adjustment: origins.adjustment ? toAdjustment(origins.adjustment) : null,
    debts: (origins.debts ?? []).map(toDebt),
    journal_entry: toEntry(entry, transaction.userId),
  }
}

function toEntry(entry: walletOrigins.EntryOfRow, userId: number) {
  const isBalance = (kind: string) => kind === 'member_wallet' || kind === 'member_hold'
  const own = entry.lines.filter((line) => line.userId === userId && isBalance(line.accountKind))
  return {
    id: entry.id,
    key: entry.key,
    created_at: entry.createdAt,
    actor: entry.actorId,
    reverses: entry.reverses,
    reversed_by: entry.reversedBy,
    lines: entry.lines.map(toJournalLine),
    balance_change: sumPaise(own.map(({ amount }) => amount)),
    rows: entry.walletTransactions.map(toWalletTransactionView),
  }
}
