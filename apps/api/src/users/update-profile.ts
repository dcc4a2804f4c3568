import { type ProfileChange, updateProfile } from '@ev/application'
import { users } from '@ev/db'
import { isPincode } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { calendarDate } from '../http/index.ts'
import { profileView, toProfileView } from './user.view.ts'

const profileBody = z
  .object({
    first_name: anyText(150),
    last_name: anyText(150),
    gender: z.enum(['male', 'female', 'other']).nullable(),
    date_of_birth: calendarDate.nullable(),
    address_line1: anyText(255),
    address_line2: anyText(255),
    city: anyText(100),
    state: anyText(100),
    pincode: anyText(10).refine((text) => text === '' || isPincode(text), {
      error: 'Must be six digits, the first not 0.',
    }),
    country: anyText(100),
  })
  .partial()

/** Only what the body names; a field that is left out is not touched. */
function toChange(body: z.output<typeof profileBody>): ProfileChange {
  const change: { [K in keyof Required<ProfileChange>]: ProfileChange[K] | undefined } = {
    firstName: body.first_name,
    lastName: body.last_name,
    gender: body.gender,
    dateOfBirth: body.date_of_birth,
    addressLine1: body.address_line1,
    addressLine2: body.address_line2,
    city: body.city,
    state: body.state,
    pincode: body.pincode,
    country: body.country,
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

const updateProfileWith = (method: 'put' | 'patch') =>
  defineRoute({
    method,
    path: '/users/update_profile/',
    summary: 'Change your profile',
    description:
      'Fields that are left out stay as they are. E-mail address, mobile number and role do not change here.',
    access: 'member',
    request: { body: profileBody },
    response: { status: 200, body: profileView },
    refusals: [],
    async handle(deps, { actor, body }) {
      const user = await updateProfile(deps, { userId: actor.userId, change: toChange(body) })
      return toProfileView(user, await users.papers(deps.db.read, actor.userId))
    },
  })

export const updateProfileRoutes = [updateProfileWith('put'), updateProfileWith('patch')]
