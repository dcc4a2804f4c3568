import BadgeIcon from '@mui/icons-material/BadgeOutlined'
import type { Screen } from '../screen.ts'

export const kycScreen: Screen = {
  name: 'kyc',
  label: 'Identity checks',
  group: 'People',
  icon: BadgeIcon,
  needs: 'post /users/kyc/{id}/approve/',
  list: () => import('./kyc-list.tsx'),
  show: () => import('./kyc-show.tsx'),
  nameOf: ({ user_name, user_email, id }) => String(user_name || user_email || id),
}
