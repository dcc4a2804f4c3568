import { getBookingFunnelRoute } from './get-booking-funnel.ts'
import { getCommissionsRoute } from './get-commissions.ts'
import { getDashboardRoute } from './get-dashboard.ts'
import { getGrowthRoute } from './get-growth.ts'
import { getLiabilitiesRoute } from './get-liabilities.ts'
import { getSalesRoute } from './get-sales.ts'
import { getTaxRoute } from './get-tax.ts'
import { getUserReportRoute } from './get-user-report.ts'
import { getWalletReportRoute } from './get-wallet-report.ts'

export const reportRoutes = [
  getDashboardRoute,
  getSalesRoute,
  getBookingFunnelRoute,
  getGrowthRoute,
  getCommissionsRoute,
  getLiabilitiesRoute,
  getTaxRoute,
  getUserReportRoute,
  getWalletReportRoute,
]
