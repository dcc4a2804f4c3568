import { createColleague, type Identifier, parseIdentifier } from '@ev/application'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { textLine } from '../http/index.ts'
import { profileFields, toProfileChange } from '../users/profile-fields.ts'
import { toUserView, userView } from '../users/user.view.ts'

const identifierText = z.string().min(1).max(254).nullish()

const colleagueBody = z.object({
  ...z.object(profileFields).partial().shape,
  first_name: textLine(150),
  last_name: textLine(150),
  email: identifierText,
  mobile: identifierText,
})

function identifiersOf({ email, mobile }: z.output<typeof colleagueBody>): [Identifier, ...Identifier[]] {
  const texts = [
    ['email', email],
    ['mobile', mobile],
  ] as const
  const given = texts.flatMap(([type, text]) => (text ? [parseIdentifier({ type, text, field: type })] : []))
  const [first, ...rest] = given
  if (!first)
    throw new DomainError('validation.failed', { reason: 'An e-mail address or a mobile number is required.' }, 'email')
  return [first, ...rest]
}

const createColleagueWith = (role: 'admin' | 'staff') =>
  defineRoute({
    method: 'post',
    path: `/auth/create-${role}/`,
    summary: role === 'admin' ? 'Create an account for an admin' : 'Create an account for staff',
    description: `Needs an e-mail address or a mobile number; the account logs in by code.${role === 'admin' ? ' Only superusers create admins.' : ''}`,
    access: 'admin',
    request: { body: colleagueBody },
    response: { status: 201, body: z.object({ user: userView, message: z.string() }) },
    refusals: ['user.identifier_taken'],
    async handle(deps, { actor, body }) {
      const user = await createColleague(deps, {
        actor,
        role,
        identifiers: identifiersOf(body),
        profile: toProfileChange(body),
      })
      return { user: toUserView(user), message: 'The account was created. It logs in by a code.' }
    },
  })

export const createColleagueRoutes = [createColleagueWith('admin'), createColleagueWith('staff')]
