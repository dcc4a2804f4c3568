import { activateAccount, changeAccount, deactivateAccount } from '@ev/application'
import { users } from '@ev/db'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, roles } from '../http/index.ts'
import { visibleRoles } from './list-users.ts'
import { profileFields, toProfileChange } from './profile-fields.ts'
import { accountView, toAccountView } from './user.view.ts'

const params = z.object({ id: entityId })

const getUserRoute = defineRoute({
  method: 'get',
  path: '/users/{id}/',
  summary: 'One account',
  description: 'Admins see all, staff see members.',
  access: 'staff',
  request: { params },
  response: { status: 200, body: accountView },
  refusals: ['user.not_found'],
  async handle({ db }, { actor, params: { id } }) {
    const user = await users.get(db.read, id)
    if (!visibleRoles(actor).includes(user.role)) throw new DomainError('user.not_found')
    return toAccountView(user)
  },
})

const changeUserRoute = defineRoute({
  method: 'patch',
  path: '/users/{id}/',
  summary: "Change someone's account",
  description:
    'Profile fields, `role` and `is_distributor`. Another role ends all sessions of the account. Roles of and for admins are changed by superusers only. Address and number change by their owner only.',
  access: 'admin',
  request: {
    params,
    body: z.object({ ...profileFields, role: z.enum(roles), is_distributor: z.boolean() }).partial(),
  },
  response: { status: 200, body: accountView },
  refusals: ['user.not_found', 'user.own_account', 'user.last_superuser', 'user.erased'],
  async handle(deps, { actor, params: { id }, body }) {
    const change = { profile: toProfileChange(body), role: body.role, isDistributor: body.is_distributor }
    return toAccountView(await changeAccount(deps, { actor, userId: id, change }))
  },
})

const deactivateUserRoute = defineRoute({
  method: 'post',
  path: '/users/{id}/deactivate/',
  summary: 'Close an account',
  description:
    'Ends all its sessions at once; it can be opened again. Accounts of admins are closed by superusers only.',
  access: 'admin',
  request: { params },
  response: { status: 200, body: accountView },
  refusals: ['user.not_found', 'user.own_account', 'user.last_superuser'],
  handle: async (deps, { actor, params: { id } }) =>
    toAccountView(await deactivateAccount(deps, { actor, userId: id })),
})

const activateUserRoute = defineRoute({
  method: 'post',
  path: '/users/{id}/activate/',
  summary: 'Open a closed account again',
  access: 'admin',
  request: { params },
  response: { status: 200, body: accountView },
  refusals: ['user.not_found', 'user.erased'],
  handle: async (deps, { actor, params: { id } }) => toAccountView(await activateAccount(deps, { actor, userId: id })),
})

export const manageUserRoutes = [getUserRoute, changeUserRoute, deactivateUserRoute, activateUserRoute]
