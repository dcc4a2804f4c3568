import { createPlanRoute } from './plans/create-plan.ts'
import { getCurrentPlanRoute, getPlanRoute } from './plans/get-plan.ts'
import { listPlansRoute } from './plans/list-plans.ts'
import { previewPlanRoute } from './plans/preview-plan.ts'
import { changeSettingsRoute } from './settings/change-settings.ts'
import { getSettingsRoute } from './settings/get-settings.ts'

export const adminRoutes = [
  listPlansRoute,
  getPlanRoute,
  getCurrentPlanRoute,
  createPlanRoute,
  previewPlanRoute,
  getSettingsRoute,
  changeSettingsRoute,
]
