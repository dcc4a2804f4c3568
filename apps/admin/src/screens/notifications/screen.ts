import NotificationsIcon from '@mui/icons-material/NotificationsOutlined'
import type { Screen } from '../screen.ts'

export const notificationsScreen: Screen = {
  name: 'notifications',
  label: 'My notifications',
  group: 'Overview',
  icon: NotificationsIcon,
  needs: 'get /notifications/',
  list: () => import('./notification-list.tsx'),
}
