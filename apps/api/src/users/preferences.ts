import { changePreferences, type Preferences } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'

const preferencesView = z.object({ notify_by_email: z.boolean(), notify_by_sms: z.boolean() })

const toPreferencesView = ({ notifyByEmail, notifyBySms }: Preferences): z.output<typeof preferencesView> => ({
  notify_by_email: notifyByEmail,
  notify_by_sms: notifyBySms,
})

const getPreferencesRoute = defineRoute({
  method: 'get',
  path: '/users/preferences/',
  summary: 'How you want to be told',
  description: 'In the app you are told in any case.',
  access: 'member',
  request: {},
  response: { status: 200, body: preferencesView },
  refusals: [],
  handle: async ({ db }, { actor }) => toPreferencesView(await users.get(db.read, actor.userId)),
})

const changePreferencesRoute = defineRoute({
  method: 'patch',
  path: '/users/preferences/',
  summary: 'Say how you want to be told',
  description: 'A field that is left out stays as it is.',
  access: 'member',
  request: { body: preferencesView.partial() },
  response: { status: 200, body: preferencesView },
  refusals: [],
  async handle(deps, { actor, body }) {
    const { notify_by_email: notifyByEmail, notify_by_sms: notifyBySms } = body
    const change = {
      ...(notifyByEmail !== undefined && { notifyByEmail }),
      ...(notifyBySms !== undefined && { notifyBySms }),
    }
    return toPreferencesView(await changePreferences(deps, { userId: actor.userId, change }))
  },
})

export const preferencesRoutes = [getPreferencesRoute, changePreferencesRoute]
