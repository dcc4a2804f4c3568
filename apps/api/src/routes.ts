import { adminRoutes } from './admin/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { bookingRoutes } from './bookings/routes.ts'
import { complianceRoutes } from './compliance/routes.ts'
import type { ApiDeps } from './define-route.ts'
import type { Route } from './http/index.ts'
import { inventoryRoutes } from './inventory/routes.ts'
import { kycRoutes } from './kyc/routes.ts'
import { networkRoutes } from './network/routes.ts'
import { nomineeRoutes } from './nominees/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { payoutRoutes } from './payouts/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { userRoutes } from './users/routes.ts'
import { walletRoutes } from './wallet/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** Every route of the API: what is mounted and what is documented. */
export const routes: readonly Route<ApiDeps>[] = [
  ...authRoutes,
  ...userRoutes,
  ...kycRoutes,
  ...nomineeRoutes,
  ...inventoryRoutes,
  ...bookingRoutes,
  ...webhookRoutes,
  ...walletRoutes,
  ...networkRoutes,
  ...payoutRoutes,
  ...notificationRoutes,
  ...complianceRoutes,
  ...reportRoutes,
  ...adminRoutes,
]
