import type { Reader } from './client.ts'
import type { User } from './generated/sqlite/client.ts'
import type { UserWhereInput } from './generated/sqlite/models.ts'
import { beginsWith, type PageBounds } from './list-filters.ts'
import { pageOf } from './page-of.ts'

export type UserFilter = {
  /** Only accounts of these roles. */
  readonly roles?: readonly User['role'][] | undefined
  /** Only these. */
  readonly ids?: readonly number[] | undefined
  readonly isActive?: boolean | undefined
  readonly isActiveBuyer?: boolean | undefined
  readonly isDistributor?: boolean | undefined
  readonly joinedAfter?: Date | undefined
  readonly joinedBefore?: Date | undefined
  /** The beginning of an address, number, referral code, username or name; or of a first and a last name. */
  readonly search?: string | undefined
}

/** Columns by which accounts are listed; each has an index. */
export type UserOrdering = {
  readonly field: 'id' | 'dateJoined' | 'username' | 'email'
  readonly direction: 'asc' | 'desc'
}

/** One page of accounts and how many there are in all. */
export async function list(
  reader: Reader,
  filter: UserFilter,
  { field, direction }: UserOrdering,
  page: PageBounds,
): Promise<{ count: number; rows: User[] }> {
  const where = {
    ...whereOf(filter),
    ...(filter.ids && { AND: [{ id: { in: [...filter.ids] } }] }),
    ...(filter.search && { id: { in: await idsFound(reader, filter.search) } }),
  }
  const orderBy = field === 'id' ? [{ id: direction }] : [{ [field]: direction }, { id: direction }]
  return pageOf({
    count: () => reader.user.count({ where }),
    ids: () => reader.user.findMany({ where, orderBy, skip: page.skip, take: page.take, select: { id: true } }),
    rows: (ids) => reader.user.findMany({ where: ids }),
  })
}

function whereOf(filter: UserFilter): UserWhereInput {
  const { roles, isActive, isActiveBuyer, isDistributor, joinedAfter, joinedBefore } = filter
  const joined = { ...(joinedAfter && { gte: joinedAfter }), ...(joinedBefore && { lte: joinedBefore }) }
  return {
    ...roleWhere(roles),
    ...(isActive !== undefined && { isActive }),
    ...(isActiveBuyer !== undefined && { isActiveBuyer }),
    ...(isDistributor !== undefined && { isDistributor }),
    ...((joinedAfter || joinedBefore) && { dateJoined: joined }),
  }
}

const everyRole = 3

/** All roles are no condition, and one is an equality: an index answers both in the order of the list. */
function roleWhere(roles: UserFilter['roles']): UserWhereInput {
  if (roles === undefined || roles.length === everyRole) return {}
  const [only] = roles
  return roles.length === 1 && only ? { role: only } : { role: { in: [...roles] } }
}

/** Accounts that a search finds by each column; who finds too many types on. */
const mostFound = 100

/** What a search means, as ids: each column is looked up by its own index first, because no index answers a question about several at once. */
async function idsFound(reader: Reader, search: string): Promise<number[]> {
  const found = await Promise.all(
    beginnings(search).map((where) => {
      const orderBy = Object.keys(where).map((column) => ({ [column]: 'asc' as const }))
      return reader.user.findMany({ where, select: { id: true }, orderBy, take: mostFound })
    }),
  )
  return [...new Set(found.flat().map(({ id }) => id))]
}

/**
 * Every condition is the beginning of one indexed column, so a search reads a few ranges of indexes and never the whole table. Columns that compare
 * exactly are asked in the case in which they are stored; names take any case.
 */
function beginnings(search: string): UserWhereInput[] {
  const text = search.trim()
  const digits = text.replaceAll(/[\s-]/g, '')
  const [first = '', ...rest] = namePattern(text).split(/\s+/)
  const last = rest.join(' ')
  return [
    { email: beginsWith(text.toLowerCase()) },
    { username: beginsWith(text.toLowerCase()) },
    { referralCode: beginsWith(text.toUpperCase()) },
    ...(/^\+?[0-9]{2,}$/.test(digits)
      ? [{ mobile: beginsWith(digits.startsWith('+') ? digits : `+91${digits}`) }]
      : []),
    ...(first === ''
      ? []
      : [{ firstName: { startsWith: namePattern(text) } }, { lastName: { startsWith: namePattern(text) } }]),
    ...(last === '' ? [] : [{ firstName: { startsWith: first }, lastName: { startsWith: last } }]),
  ]
}

/** A name without the characters that a pattern gives a meaning to. */
const namePattern = (text: string) => text.replaceAll(/[%_\\]/g, '').trim()
