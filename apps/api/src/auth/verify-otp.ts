import { parseIdentifier, verifyOtp } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { referralCode } from '../fields.ts'
import { toUserView, userView } from '../users/user.view.ts'
import { identifierFields, tokensView, toTokensView } from './auth.view.ts'
import { limitOtp } from './limit-otp.ts'

export const verifyOtpRoute = defineRoute({
  method: 'post',
  path: '/auth/verify-otp/',
  summary: 'Log in with a code',
  description: 'The first log-in creates the member. The referral code of a member who exists already is ignored.',
  access: 'public',
  limit: 'otp',
  request: {
    body: z.object({
      ...identifierFields,
      otp_code: z
        .string()
        .trim()
        .regex(/^[0-9]{6}$/, { error: 'Must have six digits.' }),
      referral_code: referralCode,
    }),
  },
  response: {
    status: 200,
    body: z.object({
      user: userView,
      tokens: tokensView.pick({ access: true, refresh: true }),
      access_token: z.string(),
      refresh_token: z.string(),
      created: z.boolean(),
    }),
    description: 'Logged in; `created` tells whether the member is new.',
  },
  refusals: ['auth.otp_invalid', 'auth.otp_locked', 'auth.account_inactive', 'user.referral_code_unknown'],
  async handle(deps, { body, request }) {
    const identifier = parseIdentifier({ type: body.otp_type, text: body.identifier })
    await limitOtp(deps, { purpose: 'verify-otp', identifier })
    const { user, session, created } = await verifyOtp(deps, {
      identifier,
      code: body.otp_code,
      referralCode: body.referral_code,
      ipAddress: request.ip || null,
      userAgent: request.userAgent || null,
    })
    const { access, refresh, ...named } = toTokensView(deps.tokens, session)
    return { user: toUserView(user), tokens: { access, refresh }, ...named, created }
  },
})
