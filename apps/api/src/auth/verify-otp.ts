import { parseIdentifier, verifyOtp } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { referralCode } from '../fields.ts'
import { identifierFields, loggedInView, oneTimeCode, toLoggedInView } from './auth.view.ts'
import { deviceCookie, deviceHeaders, deviceOf } from './device-cookie.ts'

export const verifyOtpRoute = defineRoute({
  method: 'post',
  path: '/auth/verify-otp/',
  summary: 'Log in with a code',
  description:
    'The first log-in creates the member. The referral code of a member who exists already is ignored. The cookie of the answer gives this device codes and tries of its own, so that strangers cannot use them up.',
  access: 'public',
  limit: 'otp',
  request: {
    headers: deviceHeaders,
    body: z.object({ ...identifierFields, otp_code: oneTimeCode, referral_code: referralCode }),
  },
  response: {
    status: 200,
    body: loggedInView,
    description: 'Logged in; `created` tells whether the member is new.',
  },
  refusals: ['auth.otp_invalid', 'auth.otp_locked', 'auth.account_inactive', 'user.referral_code_unknown'],
  async handle(deps, { body, headers, request, setHeader }) {
    const identifier = parseIdentifier({ type: body.otp_type, text: body.identifier })
    const loggedIn = await verifyOtp(deps, {
      identifier,
      device: deviceOf(deps, { identifier, cookie: headers.cookie }),
      code: body.otp_code,
      referralCode: body.referral_code,
      ipAddress: request.ip || null,
      userAgent: request.userAgent || null,
    })
    setHeader('Set-Cookie', deviceCookie(deps, { identifier, url: request.url }))
    return toLoggedInView(deps.tokens, loggedIn)
  },
})
