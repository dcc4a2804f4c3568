import { refreshSession } from '@ev/application'
import { defineRoute } from '../define-route.ts'
import { refreshBody, tokensView, toTokensView } from './auth.view.ts'

export const refreshRoute = defineRoute({
  method: 'post',
  path: '/auth/refresh/',
  summary: 'Exchange a refresh token for new tokens',
  description: 'The old refresh token dies. Using a dead one ends the whole session.',
  access: 'public',
  request: { body: refreshBody },
  response: { status: 200, body: tokensView },
  refusals: ['auth.token_invalid', 'auth.token_expired', 'auth.session_revoked', 'auth.account_inactive'],
  async handle(deps, { body }) {
    const claims = deps.tokens.verify(body.refresh, { tokenType: 'refresh' })
    return toTokensView(deps.tokens, await refreshSession(deps, claims))
  },
})
