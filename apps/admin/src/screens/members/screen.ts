import PeopleIcon from '@mui/icons-material/PeopleAltOutlined'
import type { Screen } from '../screen.ts'

export const membersScreen: Screen = {
  name: 'members',
  label: 'Members',
  group: 'People',
  icon: PeopleIcon,
  needs: 'get /users/normal/',
  list: () => import('./member-list.tsx'),
  show: () => import('./member-show.tsx'),
  nameOf: ({ first_name, last_name, email, username }) =>
    `${first_name} ${last_name}`.trim() || String(email ?? username),
}
