import TuneIcon from '@mui/icons-material/TuneOutlined'
import type { Screen } from '../screen.ts'

export const settingsScreen: Screen = {
  name: 'settings',
  label: 'Settings',
  group: 'Platform',
  icon: TuneIcon,
  needs: 'get /admin/settings/',
  page: () => import('./settings-page.tsx'),
}
