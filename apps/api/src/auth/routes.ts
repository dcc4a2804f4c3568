import { createColleagueRoutes } from './create-colleague.ts'
import { endSessionRoute } from './end-session.ts'
import { listSessionsRoute } from './list-sessions.ts'
import { logOutRoute } from './log-out.ts'
import { refreshRoute } from './refresh.ts'
import { sendOtpRoute } from './send-otp.ts'
import { signUpRoute } from './sign-up.ts'
import { verifyOtpRoute } from './verify-otp.ts'
import { verifySignUpRoute } from './verify-sign-up.ts'

export const authRoutes = [
  sendOtpRoute,
  verifyOtpRoute,
  signUpRoute,
  verifySignUpRoute,
  refreshRoute,
  logOutRoute,
  ...createColleagueRoutes,
  listSessionsRoute,
  endSessionRoute,
]
