import { eraseMember, requestErasure, withdrawErasure } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { accountView, profileView, toAccountView, toProfileView } from './user.view.ts'

const requestErasureRoute = defineRoute({
  method: 'post',
  path: '/users/erasure-request/',
  summary: 'Ask for your personal data to be erased',
  description:
    'An admin carries it out, once nothing about money is open. Records of money, tax and the tree stay, without your name; `GET /users/export/` gives you a copy of everything before.',
  access: 'member',
  request: {},
  response: { status: 200, body: profileView },
  refusals: [],
  async handle(deps, { actor }) {
    const user = await requestErasure(deps, { userId: actor.userId })
    return toProfileView(user, await users.papers(deps.db.read, user.id))
  },
})

const withdrawErasureRoute = defineRoute({
  method: 'delete',
  path: '/users/erasure-request/',
  summary: 'Take the wish to be erased back',
  access: 'member',
  request: {},
  response: { status: 204 },
  refusals: [],
  async handle(deps, { actor }) {
    await withdrawErasure(deps, { userId: actor.userId })
    return undefined
  },
})

const eraseUserRoute = defineRoute({
  method: 'post',
  path: '/users/{id}/erase/',
  summary: 'Erase the personal data of an account, for ever',
  description:
    'Names, addresses, numbers, papers, sessions and notifications go, and the account is closed. What is about money, tax and the tree stays under its id. Refused with `user.matters_open` while a balance, a debt, a booking, a payout or a credit is open; the answer names each. Accounts of admins are erased by superusers only.',
  access: 'admin',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: accountView },
  refusals: ['user.not_found', 'user.own_account', 'user.last_superuser', 'user.matters_open'],
  handle: async (deps, { actor, params: { id } }) => toAccountView(await eraseMember(deps, { actor, userId: id })),
})

export const erasureRoutes = [requestErasureRoute, withdrawErasureRoute, eraseUserRoute]
