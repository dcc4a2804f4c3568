import { parseIdentifier, sendOtp } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { identifierFields, sentCodeView, toSentCodeView } from './auth.view.ts'
import { deviceHeaders, deviceOf } from './device-cookie.ts'
import { limitOtp } from './limit-otp.ts'

export const sendOtpRoute = defineRoute({
  method: 'post',
  path: '/auth/send-otp/',
  summary: 'Ask for a log-in code',
  description: 'The answer is the same whether or not there is an account. A new code replaces the one before.',
  access: 'public',
  limit: 'otp',
  request: { headers: deviceHeaders, body: z.object(identifierFields) },
  response: { status: 200, body: sentCodeView, description: 'The code is on its way. Times are in seconds.' },
  refusals: ['auth.otp_resend_too_soon'],
  async handle(deps, { body, headers }) {
    const identifier = parseIdentifier({ type: body.otp_type, text: body.identifier })
    const device = deviceOf(deps, { identifier, cookie: headers.cookie })
    await limitOtp(deps, { identifier, device })
    return toSentCodeView(await sendOtp(deps, { identifier, device }))
  },
})
