import { getDashboardRoute } from './get-dashboard.ts'

export const reportRoutes = [getDashboardRoute]
