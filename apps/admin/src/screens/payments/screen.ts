import PaymentIcon from '@mui/icons-material/PaymentsOutlined'
import type { Screen } from '../screen.ts'

export const paymentsScreen: Screen = {
  name: 'payments',
  label: 'Payments',
  group: 'Sales',
  icon: PaymentIcon,
  needs: 'post /booking/payments/{id}/confirm/',
  list: () => import('./payment-list.tsx'),
}
