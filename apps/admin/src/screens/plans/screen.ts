import RuleIcon from '@mui/icons-material/RuleOutlined'
import type { Screen } from '../screen.ts'

export const plansScreen: Screen = {
  name: 'plans',
  label: 'Plan',
  group: 'Platform',
  icon: RuleIcon,
  needs: 'get /admin/plans/',
  list: () => import('./plan-list.tsx'),
  show: () => import('./plan-show.tsx'),
  create: () => import('./plan-editor.tsx'),
  nameOf: ({ version }) => `Version ${version}`,
}
