import { auditScreen } from './audit/screen.ts'
import { batchesScreen } from './batches/screen.ts'
import { bookingsScreen } from './bookings/screen.ts'
import { dashboardScreen } from './dashboard/screen.ts'
import { documentsScreen } from './documents/screen.ts'
import { kycScreen } from './kyc/screen.ts'
import { membersScreen } from './members/screen.ts'
import { outboxScreen, parkedScreen } from './messages/screen.ts'
import { networkScreen } from './network/screen.ts'
import { nomineesScreen } from './nominees/screen.ts'
import { notificationsScreen } from './notifications/screen.ts'
import { pairsScreen } from './pairs/screen.ts'
import { paymentsScreen } from './payments/screen.ts'
import { payoutsScreen } from './payouts/screen.ts'
import { plansScreen } from './plans/screen.ts'
import type { Screen } from './screen.ts'
import { sessionsScreen } from './sessions/screen.ts'
import { settingsScreen } from './settings/screen.ts'
import { tdsScreen } from './tds/screen.ts'
import { vehiclesScreen } from './vehicles/screen.ts'

/** Every screen, in the order of the menu within its group. A new one is added here and nowhere else. */
export const screens: readonly Screen[] = [
  dashboardScreen,
  notificationsScreen,
  membersScreen,
  kycScreen,
  nomineesScreen,
  bookingsScreen,
  paymentsScreen,
  vehiclesScreen,
  payoutsScreen,
  batchesScreen,
  networkScreen,
  pairsScreen,
  documentsScreen,
  tdsScreen,
  plansScreen,
  parkedScreen,
  outboxScreen,
  auditScreen,
  settingsScreen,
  sessionsScreen,
]
