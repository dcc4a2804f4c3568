import ReceiptLongIcon from '@mui/icons-material/ReceiptLongOutlined'
import type { Screen } from '../screen.ts'

export const tdsScreen: Screen = {
  name: 'tds',
  label: 'Tax withheld',
  group: 'Compliance',
  icon: ReceiptLongIcon,
  needs: 'get /compliance/tds/export/',
  list: () => import('./tds-list.tsx'),
}
