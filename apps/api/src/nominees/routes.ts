import { getNomineeRoute } from './get-nominee.ts'
import { approveNomineeRoute, rejectNomineeRoute } from './review-nominee.ts'
import { showNomineeRoute } from './show-nominee.ts'
import { submitNomineeRoute } from './submit-nominee.ts'

export const nomineeRoutes = [
  showNomineeRoute,
  submitNomineeRoute,
  getNomineeRoute,
  approveNomineeRoute,
  rejectNomineeRoute,
]
