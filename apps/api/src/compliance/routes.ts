import { listTdsRoute } from './list-tds.ts'

export const complianceRoutes = [listTdsRoute]
