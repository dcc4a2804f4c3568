import NetworkIcon from '@mui/icons-material/AccountTreeOutlined'
import type { Screen } from '../screen.ts'

export const networkScreen: Screen = {
  name: 'network',
  label: 'Network',
  group: 'Network',
  icon: NetworkIcon,
  // Members see their own network in their app; the console is for those who see all of it.
  needs: 'get /users/normal/',
  page: () => import('./network-page.tsx'),
}
