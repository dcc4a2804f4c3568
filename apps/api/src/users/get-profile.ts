import { users } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { profileView, toProfileView } from './user.view.ts'

export const getProfileRoute = defineRoute({
  method: 'get',
  path: '/users/profile/',
  summary: 'Your profile',
  access: 'member',
  request: {},
  response: { status: 200, body: profileView },
  refusals: [],
  async handle({ db }, { actor }) {
    const [user, papers] = await Promise.all([users.get(db.read, actor.userId), users.papers(db.read, actor.userId)])
    return toProfileView(user, papers)
  },
})
