import type { LiveSession, SentCode } from '@ev/application'
import type { users } from '@ev/db'
import { z } from 'zod'
import type { Tokens } from '../http/index.ts'
import { toUserView, userView } from '../users/user.view.ts'

/** How a person says who they are: an address or number, and which of the two it is. */
export const identifierFields = {
  identifier: z.string().min(1).max(254),
  otp_type: z.enum(['email', 'mobile']),
}

/** A one-time code as it is typed in. */
export const oneTimeCode = z
  .string()
  .trim()
  .regex(/^[0-9]{6}$/, { error: 'Must have six digits.' })

export const refreshBody = z.object({ refresh: z.string().min(1).max(4_096) })

/** The pair of tokens under the names that old and new clients read. */
export const tokensView = z
  .object({
    access: z.string(),
    refresh: z.string(),
    access_token: z.string(),
    refresh_token: z.string(),
  })
  .meta({ id: 'Tokens' })

/** Signs the tokens of a session; the refresh token is good once. */
export function toTokensView(tokens: Tokens, session: LiveSession): z.output<typeof tokensView> {
  const { userId, role, sessionId, tokenId } = session
  const access = tokens.sign({ tokenType: 'access', userId, role, sessionId }).token
  const refresh = tokens.sign({ tokenType: 'refresh', userId, role, sessionId, tokenId }).token
  return { access, refresh, access_token: access, refresh_token: refresh }
}

/** Someone who has just logged in, and whether the log-in made them a member. */
export const loggedInView = z
  .object({
    user: userView,
    tokens: tokensView.pick({ access: true, refresh: true }),
    access_token: z.string(),
    refresh_token: z.string(),
    created: z.boolean(),
  })
  .meta({ id: 'LoggedIn' })

export function toLoggedInView(
  tokens: Tokens,
  { user, session, created }: { user: users.User; session: LiveSession; created: boolean },
): z.output<typeof loggedInView> {
  const { access, refresh, ...named } = toTokensView(tokens, session)
  return { user: toUserView(user), tokens: { access, refresh }, ...named, created }
}

export const messageView = z.object({ message: z.string() }).meta({ id: 'Message' })

/** A code is on its way; times are in seconds. */
export const sentCodeView = z
  .object({ message: z.string(), expires_in: z.int(), resend_in: z.int() })
  .meta({ id: 'SentCode' })

export const toSentCodeView = ({ expiresIn, resendIn }: SentCode): z.output<typeof sentCodeView> => ({
  message: 'A code was sent.',
  expires_in: expiresIn,
  resend_in: resendIn,
})
