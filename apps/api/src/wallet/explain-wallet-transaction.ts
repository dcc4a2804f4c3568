import { explainTransaction } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, idNumber, instant, signedRupees } from '../http/index.ts'
import { toWalletTransactionView, walletTransactionView } from './wallet.view.ts'

const journalLine = z.object({
  account: z.string(),
  user: idNumber.nullable(),
  booking: idNumber.nullable(),
  amount: signedRupees,
})

/** Why a row stands in the statement. The lines of the journal entry sum to zero; money that an account receives is positive. */
const explanationView = z.object({
  transaction: walletTransactionView.meta({ description: 'The row itself.' }),
  rule: z.array(z.string()).meta({ description: 'What lies behind it, and the arithmetic of its amount.' }),
  plan_version: z
    .int()
    .nullable()
    .meta({ description: 'The version of the plan that decided the amount, when one did.' }),
  journal_entry: z
    .object({ id: idNumber, key: z.string(), created_at: instant, lines: z.array(journalLine) })
    .meta({ description: 'The entry in the ledger that it belongs to.' }),
})

export const explainWalletTransactionRoute = defineRoute({
  method: 'get',
  path: '/wallet/transactions/{id}/explain/',
  summary: 'Why a row stands in your statement',
  description:
    'The journal entry with its lines, what lies behind it, and the arithmetic by the plan that was in effect.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: explanationView },
  refusals: ['wallet.transaction_not_found'],
  async handle(deps, { actor, params }) {
    const { transaction, entry, reasons } = await explainTransaction(deps, { actor, transactionId: params.id })
    return {
      transaction: toWalletTransactionView(transaction),
      rule: [...reasons],
      plan_version: entry.planVersion,
      journal_entry: {
        id: entry.id,
        key: entry.key,
        created_at: entry.createdAt,
        lines: entry.lines.map(({ accountKind, userId, bookingId, amount }) => ({
          account: accountKind,
          user: userId,
          booking: bookingId,
          amount,
        })),
      },
    }
  },
})
