import { changeSettingsRoute } from './settings/change-settings.ts'
import { getSettingsRoute } from './settings/get-settings.ts'

export const adminRoutes = [getSettingsRoute, changeSettingsRoute]
