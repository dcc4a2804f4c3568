import { parseIdentifier, sendOtp } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { identifierFields } from './auth.view.ts'
import { limitOtp } from './limit-otp.ts'

export const sendOtpRoute = defineRoute({
  method: 'post',
  path: '/auth/send-otp/',
  summary: 'Ask for a log-in code',
  description: 'The answer is the same whether or not there is an account. A new code replaces the one before.',
  access: 'public',
  limit: 'otp',
  request: { body: z.object(identifierFields) },
  response: {
    status: 200,
    body: z.object({ message: z.string(), expires_in: z.int(), resend_in: z.int() }),
    description: 'The code is on its way. Times are in seconds.',
  },
  refusals: ['auth.otp_resend_too_soon'],
  async handle(deps, { body }) {
    const identifier = parseIdentifier({ type: body.otp_type, text: body.identifier })
    await limitOtp(deps, { purpose: 'send-otp', identifier })
    const { expiresIn, resendIn } = await sendOtp(deps, { identifier })
    return { message: 'A code was sent.', expires_in: expiresIn, resend_in: resendIn }
  },
})
