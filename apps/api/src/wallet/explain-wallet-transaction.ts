import { explainTransaction } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { explanationView, toExplanationView } from './explanation.view.ts'

export const explainWalletTransactionRoute = defineRoute({
  method: 'get',
  path: '/wallet/transactions/{id}/explain/',
  summary: 'Why a row stands in your statement',
  description:
    'The journal entry with its lines, what lies behind it, and the arithmetic by the plan that was in effect, step by step with exact values.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: explanationView },
  refusals: ['wallet.transaction_not_found'],
  handle: async (deps, { actor, params }) =>
    toExplanationView(await explainTransaction(deps, { actor, transactionId: params.id })),
})
