import { updateProfile } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { profileFields, toProfileChange } from './profile-fields.ts'
import { profileView, toProfileView } from './user.view.ts'

const profileBody = z.object(profileFields).partial()

const updateProfileWith = (method: 'put' | 'patch') =>
  defineRoute({
    method,
    path: '/users/update_profile/',
    summary: 'Change your profile',
    description:
      'Fields that are left out stay as they are. Address and number change by `change-identifier`; role does not.',
    access: 'member',
    request: { body: profileBody },
    response: { status: 200, body: profileView },
    refusals: [],
    async handle(deps, { actor, body }) {
      const user = await updateProfile(deps, { userId: actor.userId, change: toProfileChange(body) })
      return toProfileView(user, await users.papers(deps.db.read, actor.userId))
    },
  })

export const updateProfileRoutes = [updateProfileWith('put'), updateProfileWith('patch')]
