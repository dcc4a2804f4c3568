import PairIcon from '@mui/icons-material/JoinFullOutlined'
import type { Screen } from '../screen.ts'

export const pairsScreen: Screen = {
  name: 'pairs',
  label: 'Pairs',
  group: 'Network',
  icon: PairIcon,
  needs: 'get /users/normal/',
  list: () => import('./pair-list.tsx'),
  nameOf: ({ pair_number, user }) => `Pair ${pair_number} of member ${user}`,
}
