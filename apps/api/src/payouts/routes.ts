import { getPayoutRoute } from './get-payout.ts'
import { listPayoutTransactionsRoute } from './list-payout-transactions.ts'
import { listPayoutsRoute } from './list-payouts.ts'
import { previewPayoutRoute } from './preview-payout.ts'
import { processPayoutRoute } from './process-payout.ts'
import { requestPayoutRoute } from './request-payout.ts'

export const payoutRoutes = [
  listPayoutsRoute,
  requestPayoutRoute,
  listPayoutTransactionsRoute,
  previewPayoutRoute,
  getPayoutRoute,
  processPayoutRoute,
]
