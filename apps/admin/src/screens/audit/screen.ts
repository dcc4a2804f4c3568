import FactCheckIcon from '@mui/icons-material/FactCheckOutlined'
import type { Screen } from '../screen.ts'

export const auditScreen: Screen = {
  name: 'audit-log',
  label: 'Audit log',
  group: 'Platform',
  icon: FactCheckIcon,
  needs: 'get /admin/audit-log/',
  list: () => import('./audit-list.tsx'),
}
