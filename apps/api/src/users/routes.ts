import { changeIdentifierRoutes } from './change-identifier.ts'
import { erasureRoutes } from './erasure.ts'
import { exportRoutes } from './export.ts'
import { getProfileRoute } from './get-profile.ts'
import { getReferralLinkRoute } from './get-referral-link.ts'
import { listReferralsRoute } from './list-referrals.ts'
import { listUsersRoutes } from './list-users.ts'
import { manageUserRoutes } from './manage-user.ts'
import { preferencesRoutes } from './preferences.ts'
import { updateProfileRoutes } from './update-profile.ts'

export const userRoutes = [
  getProfileRoute,
  ...updateProfileRoutes,
  ...changeIdentifierRoutes,
  ...preferencesRoutes,
  getReferralLinkRoute,
  listReferralsRoute,
  ...listUsersRoutes,
  ...exportRoutes,
  ...erasureRoutes,
  ...manageUserRoutes,
]
