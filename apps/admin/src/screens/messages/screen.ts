import MoveToInboxIcon from '@mui/icons-material/MoveToInboxOutlined'
import OutboxIcon from '@mui/icons-material/OutboxOutlined'
import type { Screen } from '../screen.ts'

export const parkedScreen: Screen = {
  name: 'parked',
  label: 'Parked messages',
  group: 'Platform',
  icon: MoveToInboxIcon,
  needs: 'get /admin/parked/',
  page: () => import('./parked-page.tsx'),
}

export const outboxScreen: Screen = {
  name: 'outbox',
  label: 'Outbox',
  group: 'Platform',
  icon: OutboxIcon,
  needs: 'get /admin/outbox/',
  list: () => import('./outbox-list.tsx'),
}
