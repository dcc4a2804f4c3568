import { logOut } from '@ev/application'
import { defineRoute } from '../define-route.ts'
import { messageView, refreshBody } from './auth.view.ts'

export const logOutRoute = defineRoute({
  method: 'post',
  path: '/auth/logout/',
  summary: 'End the session of a refresh token',
  description: 'Its access tokens stop working at once. Needs no access token, which may have expired.',
  access: 'public',
  request: { body: refreshBody },
  response: { status: 200, body: messageView },
  refusals: ['auth.token_invalid', 'auth.token_expired'],
  async handle(deps, { body }) {
    await logOut(deps, deps.tokens.verify(body.refresh, { tokenType: 'refresh' }))
    return { message: 'You are logged out.' }
  },
})
