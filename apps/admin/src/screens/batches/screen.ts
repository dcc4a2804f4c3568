import BatchIcon from '@mui/icons-material/Inventory2Outlined'
import type { Screen } from '../screen.ts'

export const batchesScreen: Screen = {
  name: 'payout-batches',
  label: 'Payout batches',
  group: 'Money',
  icon: BatchIcon,
  needs: 'get /payout/batches/',
  list: () => import('./batch-list.tsx'),
  show: () => import('./batch-show.tsx'),
  nameOf: ({ id }) => `Batch ${id}`,
}
