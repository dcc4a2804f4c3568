import { getKycRoute } from './get-kyc.ts'
import { approveKycRoute, rejectKycRoute } from './review-kyc.ts'
import { showKycRoute } from './show-kyc.ts'
import { submitKycRoute } from './submit-kyc.ts'

export const kycRoutes = [showKycRoute, submitKycRoute, getKycRoute, approveKycRoute, rejectKycRoute]
