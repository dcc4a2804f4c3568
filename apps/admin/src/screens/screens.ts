import { batchesScreen } from './batches/screen.ts'
import { bookingsScreen } from './bookings/screen.ts'
import { dashboardScreen } from './dashboard/screen.ts'
import { kycScreen } from './kyc/screen.ts'
import { membersScreen } from './members/screen.ts'
import { networkScreen } from './network/screen.ts'
import { pairsScreen } from './pairs/screen.ts'
import { paymentsScreen } from './payments/screen.ts'
import { payoutsScreen } from './payouts/screen.ts'
import type { Screen } from './screen.ts'

/** Every screen, in the order of the menu within its group. A new one is added here and nowhere else. */
export const screens: readonly Screen[] = [
  dashboardScreen,
  membersScreen,
  kycScreen,
  bookingsScreen,
  paymentsScreen,
  payoutsScreen,
  batchesScreen,
  networkScreen,
  pairsScreen,
]
