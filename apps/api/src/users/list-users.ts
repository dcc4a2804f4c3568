import { userList, type users } from '@ev/db'
import { z } from 'zod'
import { type ApiDeps, defineRoute } from '../define-route.ts'
import { firstMoment, lastMoment, searchText } from '../fields.ts'
import { type Actor, orderingQuery, pageQuery, pageView, queryFlag, queryIds, roles } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { accountView, toAccountView } from './user.view.ts'

type Role = users.User['role']

/** The roles of the accounts that an actor may see: staff see members only. */
export const visibleRoles = (actor: Actor): readonly Role[] => (actor.role === 'admin' ? roles : ['user'])

const usersQuery = pageQuery.extend({
  is_active: queryFlag.optional(),
  is_active_buyer: queryFlag.optional(),
  is_distributor: queryFlag.optional(),
  date_joined_after: firstMoment,
  date_joined_before: lastMoment,
  search: searchText,
  ordering: orderingQuery({ fields: ['id', 'date_joined', 'username', 'email'], initial: '-date_joined' }),
})

const columns = { id: 'id', date_joined: 'dateJoined', username: 'username', email: 'email' } as const

/** One page of the accounts of `shown` roles that the query asks for. */
function answerUsers(
  { db }: ApiDeps,
  {
    query,
    url,
    shown,
    ids,
  }: { query: z.output<typeof usersQuery>; url: URL; shown: readonly Role[]; ids?: readonly number[] | undefined },
) {
  const filter: userList.UserFilter = {
    roles: shown,
    ids,
    isActive: query.is_active,
    isActiveBuyer: query.is_active_buyer,
    isDistributor: query.is_distributor,
    joinedAfter: query.date_joined_after,
    joinedBefore: query.date_joined_before,
    search: query.search,
  }
  const ordering = { field: columns[query.ordering.field], direction: query.ordering.direction }
  return answerPage({ query, url }, (page) => userList.list(db.read, filter, ordering, page), toAccountView)
}

const searchHelp = '`search` takes the beginning of an address, number, referral code, username or name.'

const listUsersRoute = defineRoute({
  method: 'get',
  path: '/users/',
  summary: 'Accounts',
  description: `Admins see all, staff see members. ${searchHelp} \`ids\` asks for certain ones, of which those that are not there or not for the caller are left out.`,
  access: 'staff',
  request: { query: usersQuery.extend({ role: z.enum(roles).optional(), ids: queryIds.optional() }) },
  response: { status: 200, body: pageView(accountView) },
  refusals: [],
  handle(deps, { actor, query, request: { url } }) {
    const shown = visibleRoles(actor).filter((role) => query.role === undefined || role === query.role)
    return answerUsers(deps, { query, url, shown, ids: query.ids })
  },
})

const listOfRole = ({
  path,
  role,
  access,
  summary,
}: {
  path: 'admins' | 'staff' | 'normal'
  role: Role
  access: 'admin' | 'staff'
  summary: string
}) =>
  defineRoute({
    method: 'get',
    path: `/users/${path}/`,
    summary,
    description: searchHelp,
    access,
    request: { query: usersQuery },
    response: { status: 200, body: pageView(accountView) },
    refusals: [],
    handle: (deps, { query, request: { url } }) => answerUsers(deps, { query, url, shown: [role] }),
  })

export const listUsersRoutes = [
  listUsersRoute,
  listOfRole({ path: 'admins', role: 'admin', access: 'admin', summary: 'Accounts of admins' }),
  listOfRole({ path: 'staff', role: 'staff', access: 'admin', summary: 'Accounts of staff' }),
  listOfRole({ path: 'normal', role: 'user', access: 'staff', summary: 'Accounts of members' }),
]
