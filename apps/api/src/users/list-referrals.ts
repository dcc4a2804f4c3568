import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { idNumber, instant, pageQuery, pageView, rupees } from '../http/index.ts'
import { answerPage } from '../lists.ts'

/** A referred member, without what only they and staff may see of them. */
const referralView = z.object({
  id: idNumber,
  username: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  date_joined: instant,
  status: z.enum(['registered', 'active_buyer']),
  is_placed: z.boolean(),
  volume: rupees,
})

const toReferralView = ({ user, isPlaced, volume }: users.Referral): z.output<typeof referralView> => ({
  id: user.id,
  username: user.username,
  first_name: user.firstName,
  last_name: user.lastName,
  date_joined: user.dateJoined,
  status: user.isActiveBuyer ? 'active_buyer' : 'registered',
  is_placed: isPlaced,
  volume,
})

export const listReferralsRoute = defineRoute({
  method: 'get',
  path: '/users/referrals/',
  summary: 'The members whom you referred yourself',
  description: '`volume` is what stands paid on their bookings.',
  access: 'member',
  request: { query: pageQuery },
  response: { status: 200, body: pageView(referralView) },
  refusals: [],
  handle: ({ db }, { actor, query, request: { url } }) =>
    answerPage({ query, url }, (page) => users.listReferrals(db.read, actor.userId, page), toReferralView),
})
