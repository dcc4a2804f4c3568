import { getDashboardRoute } from './get-dashboard.ts'
import { getSalesRoute } from './get-sales.ts'
import { getUserReportRoute } from './get-user-report.ts'
import { getWalletReportRoute } from './get-wallet-report.ts'

export const reportRoutes = [getDashboardRoute, getSalesRoute, getUserReportRoute, getWalletReportRoute]
