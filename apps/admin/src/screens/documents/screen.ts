import DescriptionIcon from '@mui/icons-material/DescriptionOutlined'
import type { Screen } from '../screen.ts'

export const documentsScreen: Screen = {
  name: 'documents',
  label: 'Documents',
  group: 'Compliance',
  icon: DescriptionIcon,
  needs: 'post /compliance/documents/{id}/verify/',
  list: () => import('./document-list.tsx'),
  show: () => import('./document-show.tsx'),
}
