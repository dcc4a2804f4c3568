import { logOutRoute } from './log-out.ts'
import { refreshRoute } from './refresh.ts'
import { sendOtpRoute } from './send-otp.ts'
import { verifyOtpRoute } from './verify-otp.ts'

export const authRoutes = [sendOtpRoute, verifyOtpRoute, refreshRoute, logOutRoute]
