import { previewPayout } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { queryFlag, rupees } from '../http/index.ts'
import { payoutPreviewView, toPayoutPreviewView } from './payout.view.ts'

export const previewPayoutRoute = defineRoute({
  method: 'get',
  path: '/payout/preview/',
  summary: 'What a payout would come to',
  description: 'Holds nothing, and does not look at whether the wallet has that much.',
  access: 'member',
  request: { query: z.object({ amount: rupees, emi_auto_filled: queryFlag.optional() }) },
  response: { status: 200, body: payoutPreviewView },
  refusals: ['payout.below_minimum'],
  async handle(deps, { actor, query }) {
    const isEmiAutoFilled = query.emi_auto_filled ?? false
    const amounts = await previewPayout(deps, { userId: actor.userId, requested: query.amount, isEmiAutoFilled })
    return toPayoutPreviewView(amounts)
  },
})
