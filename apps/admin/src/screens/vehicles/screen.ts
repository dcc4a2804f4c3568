import ElectricScooterIcon from '@mui/icons-material/ElectricMopedOutlined'
import type { Screen } from '../screen.ts'

export const vehiclesScreen: Screen = {
  name: 'vehicles',
  label: 'Vehicles',
  group: 'Sales',
  icon: ElectricScooterIcon,
  needs: 'post /inventory/vehicles/',
  list: () => import('./vehicle-list.tsx'),
  create: () => import('./vehicle-create.tsx'),
  edit: () => import('./vehicle-edit.tsx'),
  nameOf: ({ name }) => String(name),
}
