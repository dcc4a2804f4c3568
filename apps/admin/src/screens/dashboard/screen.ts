import DashboardIcon from '@mui/icons-material/DashboardOutlined'
import type { Screen } from '../screen.ts'

/** The first page. Its name is empty, because its address is the console's own. */
export const dashboardScreen: Screen = {
  name: '',
  label: 'Dashboard',
  group: 'Overview',
  icon: DashboardIcon,
  needs: 'get /reports/bookings/',
  page: () => import('./dashboard-page.tsx'),
}
