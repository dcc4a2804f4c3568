import PayoutIcon from '@mui/icons-material/AccountBalanceOutlined'
import type { Screen } from '../screen.ts'

export const payoutsScreen: Screen = {
  name: 'payouts',
  label: 'Payouts',
  group: 'Money',
  icon: PayoutIcon,
  needs: 'get /payout/',
  list: () => import('./payout-list.tsx'),
  show: () => import('./payout-show.tsx'),
  nameOf: ({ id }) => `Payout ${id}`,
}
