import type { LiveSession } from '@ev/application'
import { z } from 'zod'
import type { Tokens } from '../http/index.ts'

/** How a person says who they are: an address or number, and which of the two it is. */
export const identifierFields = {
  identifier: z.string().min(1).max(254),
  otp_type: z.enum(['email', 'mobile']),
}

export const refreshBody = z.object({ refresh: z.string().min(1).max(4_096) })

/** The pair of tokens under the names that old and new clients read. */
export const tokensView = z.object({
  access: z.string(),
  refresh: z.string(),
  access_token: z.string(),
  refresh_token: z.string(),
})

/** Signs the tokens of a session; the refresh token is good once. */
export function toTokensView(tokens: Tokens, session: LiveSession): z.output<typeof tokensView> {
  const { userId, role, sessionId, tokenId } = session
  const access = tokens.sign({ tokenType: 'access', userId, role, sessionId }).token
  const refresh = tokens.sign({ tokenType: 'refresh', userId, role, sessionId, tokenId }).token
  return { access, refresh, access_token: access, refresh_token: refresh }
}

export const messageView = z.object({ message: z.string() })
