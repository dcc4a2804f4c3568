import { verifySignUp } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { loggedInView, oneTimeCode, toLoggedInView } from './auth.view.ts'
import { deviceCookie } from './device-cookie.ts'

export const verifySignUpRoute = defineRoute({
  method: 'post',
  path: '/auth/verify-signup-otp/',
  summary: 'Finish a sign-up with both codes',
  description:
    'A wrong code is named by its field and uses up neither the other code nor the token. A referred member is placed in the network soon after.',
  access: 'public',
  limit: 'otp',
  request: {
    body: z.object({ signup_token: z.string().min(1).max(200), email_otp: oneTimeCode, mobile_otp: oneTimeCode }),
  },
  response: { status: 201, body: loggedInView, description: 'The member was created and is logged in.' },
  refusals: ['auth.signup_token_invalid', 'auth.otp_invalid', 'auth.otp_locked', 'user.identifier_taken'],
  async handle(deps, { body, request, setHeader }) {
    const { user, session } = await verifySignUp(deps, {
      signupToken: body.signup_token,
      emailCode: body.email_otp,
      mobileCode: body.mobile_otp,
      ipAddress: request.ip || null,
      userAgent: request.userAgent || null,
    })
    const identifier = { type: 'email', value: user.email ?? '' } as const
    setHeader('Set-Cookie', deviceCookie(deps, { identifier, url: request.url }))
    return toLoggedInView(deps.tokens, { user, session, created: true })
  },
})
