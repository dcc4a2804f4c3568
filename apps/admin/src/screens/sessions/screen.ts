import DevicesIcon from '@mui/icons-material/DevicesOutlined'
import type { Screen } from '../screen.ts'

export const sessionsScreen: Screen = {
  name: 'sessions',
  label: 'Where I am signed in',
  group: 'Overview',
  icon: DevicesIcon,
  needs: 'get /auth/sessions/',
  isHidden: true,
  list: () => import('./session-list.tsx'),
}
