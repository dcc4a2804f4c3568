import { checkPairs } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { pairView, toPairView } from './pair.view.ts'

const checkView = z.object({
  pairs: z.array(pairView),
  created: z.int().min(0),
  remaining_this_month: z.int().min(0),
})
const checkViewWithMessage = checkView.extend({ message: z.string() })

export const checkPairsRoute = defineRoute({
  method: 'post',
  path: '/binary/pairs/check_pairs/',
  summary: 'Have your legs looked at again now',
  description:
    'Pairs are made by themselves as members join; this asks for it at once. Each pair is made once, however often it is asked.',
  access: 'member',
  request: {},
  response: [
    { status: 201, body: checkView, description: 'Pairs were made.' },
    { status: 200, body: checkViewWithMessage, description: 'There was nothing to pair.' },
    { status: 202, body: checkViewWithMessage, description: 'The matcher has the question and will answer it.' },
  ],
  refusals: ['network.placement_pending', 'network.not_placed'],
  async handle(deps, { actor }) {
    const { pairs, remainingThisMonth } = await checkPairs(deps, { userId: actor.userId })
    const body = {
      pairs: (pairs ?? []).map(toPairView),
      created: pairs?.length ?? 0,
      remaining_this_month: remainingThisMonth,
    }
    if (pairs === null)
      return { status: 202 as const, body: { ...body, message: 'Your legs will be looked at in a moment.' } }
    if (pairs.length > 0) return { status: 201 as const, body }
    const message = remainingThisMonth === 0 ? 'The limit of this month is reached.' : 'There is nobody to pair yet.'
    return { status: 200 as const, body: { ...body, message } }
  },
})
