import { createBatchRoute, getBankFileRoute, getBatchRoute, listBatchesRoute } from './batches.ts'
import { cancelPayoutRoute } from './cancel-payout.ts'
import { getPayoutRoute } from './get-payout.ts'
import { importResultsRoute } from './import-results.ts'
import { listPayoutTransactionsRoute } from './list-payout-transactions.ts'
import { listPayoutsRoute } from './list-payouts.ts'
import { previewPayoutRoute } from './preview-payout.ts'
import { processPayoutRoute } from './process-payout.ts'
import { rejectPayoutRoute } from './reject-payout.ts'
import { requestPayoutRoute } from './request-payout.ts'
import { takeBankEventRoute } from './take-bank-event.ts'

export const payoutRoutes = [
  listPayoutsRoute,
  requestPayoutRoute,
  listPayoutTransactionsRoute,
  previewPayoutRoute,
  createBatchRoute,
  listBatchesRoute,
  getBatchRoute,
  getBankFileRoute,
  importResultsRoute,
  getPayoutRoute,
  processPayoutRoute,
  rejectPayoutRoute,
  cancelPayoutRoute,
  takeBankEventRoute,
]
