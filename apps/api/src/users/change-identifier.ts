import { askForIdentifier, changeIdentifier, parseIdentifier } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { identifierFields, oneTimeCode, sentCodeView, toSentCodeView } from '../auth/auth.view.ts'
import { limitOtp } from '../auth/limit-otp.ts'
import { defineRoute } from '../define-route.ts'
import { profileView, toProfileView } from './user.view.ts'

const askForIdentifierRoute = defineRoute({
  method: 'post',
  path: '/users/change-identifier/',
  summary: 'Ask for another e-mail address or mobile number',
  description: 'The new one gets a code. The answer is the same whether or not someone else has it.',
  access: 'member',
  limit: 'otp',
  request: { body: z.object(identifierFields) },
  response: { status: 200, body: sentCodeView },
  refusals: ['auth.otp_resend_too_soon'],
  async handle(deps, { actor, body }) {
    const identifier = parseIdentifier({ type: body.otp_type, text: body.identifier })
    await limitOtp(deps, { identifier })
    return toSentCodeView(await askForIdentifier(deps, { userId: actor.userId, identifier }))
  },
})

const changeIdentifierRoute = defineRoute({
  method: 'post',
  path: '/users/change-identifier/verify/',
  summary: 'Change your e-mail address or mobile number with the code',
  description: 'Your other sessions end, and the address or number before is told.',
  access: 'member',
  limit: 'otp',
  request: { body: z.object({ ...identifierFields, otp_code: oneTimeCode }) },
  response: { status: 200, body: profileView },
  refusals: ['auth.otp_invalid', 'auth.otp_locked', 'user.identifier_taken'],
  async handle(deps, { actor, body }) {
    const { userId, sessionId } = actor
    const identifier = parseIdentifier({ type: body.otp_type, text: body.identifier })
    const user = await changeIdentifier(deps, { userId, sessionId, identifier, code: body.otp_code })
    return toProfileView(user, await users.papers(deps.db.read, userId))
  },
})

export const changeIdentifierRoutes = [askForIdentifierRoute, changeIdentifierRoute]
