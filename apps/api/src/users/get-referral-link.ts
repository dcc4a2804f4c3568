import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'

export const getReferralLinkRoute = defineRoute({
  method: 'get',
  path: '/users/referral-link/',
  summary: 'Your referral code, and a link that carries it',
  access: 'member',
  request: {},
  response: { status: 200, body: z.object({ code: z.string(), link: z.string() }) },
  refusals: [],
  async handle({ db }, { actor, request }) {
    const { referralCode } = await users.get(db.read, actor.userId)
    const link = new URL('/', request.url)
    link.searchParams.set('ref', referralCode)
    return { code: referralCode, link: link.href }
  },
})
