import { adjustRoute, depositRoute } from './adjust-wallet.ts'
import { explainWalletTransactionRoute } from './explain-wallet-transaction.ts'
import { getStatementCsvRoute, getStatementPdfRoute } from './get-statement.ts'
import { getWalletRoute } from './get-wallet.ts'
import { getWalletAtRoute } from './get-wallet-at.ts'
import { getWalletTransactionRoute } from './get-wallet-transaction.ts'
import { listWalletTransactionsRoute } from './list-wallet-transactions.ts'

export const walletRoutes = [
  getWalletRoute,
  listWalletTransactionsRoute,
  getWalletTransactionRoute,
  explainWalletTransactionRoute,
  getWalletAtRoute,
  getStatementPdfRoute,
  getStatementCsvRoute,
  depositRoute,
  adjustRoute,
]
