import BadgeIcon from '@mui/icons-material/BadgeOutlined'
import type { Screen } from '../screen.ts'

export const kycScreen: Screen = {
  name: 'kyc',
  label: 'Identity checks',
  group: 'People',
  icon: BadgeIcon,
  needs: 'get /users/kyc/',
  list: () => import('./kyc-list.tsx'),
  nameOf: ({ user_name, user_email, id }) => String(user_name || user_email || id),
}
