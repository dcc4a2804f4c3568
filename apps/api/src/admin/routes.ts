import { listAuditLogRoute } from './audit/list-audit-log.ts'
import { verifyAuditLogRoute } from './audit/verify-audit-log.ts'
import { listOutboxRoute } from './messages/list-outbox.ts'
import { listParkedRoute } from './messages/list-parked.ts'
import { retryParkedMessageRoute, retryParkedQueueRoute } from './messages/retry-parked.ts'
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
  listAuditLogRoute,
  verifyAuditLogRoute,
  listOutboxRoute,
  listParkedRoute,
  retryParkedMessageRoute,
  retryParkedQueueRoute,
  getSettingsRoute,
  changeSettingsRoute,
]
