import { getProfileRoute } from './get-profile.ts'
import { getReferralLinkRoute } from './get-referral-link.ts'
import { listReferralsRoute } from './list-referrals.ts'
import { updateProfileRoutes } from './update-profile.ts'

export const userRoutes = [getProfileRoute, ...updateProfileRoutes, getReferralLinkRoute, listReferralsRoute]
