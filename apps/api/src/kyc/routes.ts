import { getKycRoute } from './get-kyc.ts'
import { getKycFileRoute } from './get-kyc-file.ts'
import { approveKycRoute, rejectKycRoute } from './review-kyc.ts'
import { showKycRoute } from './show-kyc.ts'
import { submitKycRoute } from './submit-kyc.ts'

export const kycRoutes = [showKycRoute, submitKycRoute, getKycRoute, getKycFileRoute, approveKycRoute, rejectKycRoute]
