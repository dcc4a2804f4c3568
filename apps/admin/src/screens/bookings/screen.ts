import BookingIcon from '@mui/icons-material/ReceiptLongOutlined'
import type { Screen } from '../screen.ts'

export const bookingsScreen: Screen = {
  name: 'bookings',
  label: 'Bookings',
  group: 'Sales',
  icon: BookingIcon,
  needs: 'get /booking/bookings/',
  list: () => import('./booking-list.tsx'),
  show: () => import('./booking-show.tsx'),
  nameOf: ({ booking_number }) => String(booking_number),
}
