import { defineRoute } from '../../define-route.ts'
import { readSettings, settingsView } from './settings.view.ts'

export const getSettingsRoute = defineRoute({
  method: 'get',
  path: '/admin/settings/',
  summary: "The operator's settings",
  description: 'Who runs the platform: what receipts, statements and tax certificates say.',
  access: 'admin',
  request: {},
  response: { status: 200, body: settingsView },
  refusals: [],
  handle: (deps) => readSettings(deps),
})
