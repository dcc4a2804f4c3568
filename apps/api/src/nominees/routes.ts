import { getNomineeRoute } from './get-nominee.ts'
import { getNomineeFileRoute } from './get-nominee-file.ts'
import { approveNomineeRoute, rejectNomineeRoute } from './review-nominee.ts'
import { showNomineeRoute } from './show-nominee.ts'
import { submitNomineeRoute } from './submit-nominee.ts'

export const nomineeRoutes = [
  showNomineeRoute,
  submitNomineeRoute,
  getNomineeRoute,
  getNomineeFileRoute,
  approveNomineeRoute,
  rejectNomineeRoute,
]
