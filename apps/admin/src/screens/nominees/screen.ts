import FamilyIcon from '@mui/icons-material/FamilyRestroomOutlined'
import type { Screen } from '../screen.ts'

export const nomineesScreen: Screen = {
  name: 'nominees',
  label: 'Nominees',
  group: 'People',
  icon: FamilyIcon,
  needs: 'post /users/nominee/{id}/approve/',
  list: () => import('./nominee-list.tsx'),
  show: () => import('./nominee-show.tsx'),
}
