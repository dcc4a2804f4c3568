import type { Reader } from './client.ts'
import type { User } from './generated/sqlite/client.ts'
import type { UserWhereInput } from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'

export type UserFilter = {
  /** Only accounts of these roles. */
  readonly roles?: readonly User['role'][] | undefined
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
  const where = whereOf(filter)
  const orderBy = field === 'id' ? [{ id: direction }] : [{ [field]: direction }, { id: direction }]
  const [count, rows] = await Promise.all([
    reader.user.count({ where }),
    reader.user.findMany({ where, orderBy, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
}

function whereOf(filter: UserFilter): UserWhereInput {
  const { roles, isActive, isActiveBuyer, isDistributor, joinedAfter, joinedBefore, search } = filter
  const joined = { ...(joinedAfter && { gte: joinedAfter }), ...(joinedBefore && { lte: joinedBefore }) }
  return {
    ...(roles && { role: { in: [...roles] } }),
    ...(isActive !== undefined && { isActive }),
    ...(isActiveBuyer !== undefined && { isActiveBuyer }),
    ...(isDistributor !== undefined && { isDistributor }),
    ...((joinedAfter || joinedBefore) && { dateJoined: joined }),
    ...(search && { OR: beginsWith(search) }),
  }
}

/**
 * Every condition is the beginning of one indexed column, so a search reads a few ranges of indexes and never the whole table. Columns that compare
 * exactly are asked in the case in which they are stored; names take any case.
 */
function beginsWith(search: string): UserWhereInput[] {
  const text = search.trim()
  const digits = text.replaceAll(/[\s-]/g, '')
  const [first = '', ...rest] = namePattern(text).split(/\s+/)
  const last = rest.join(' ')
  return [
    { email: range(text.toLowerCase()) },
    { username: range(text.toLowerCase()) },
    { referralCode: range(text.toUpperCase()) },
    ...(/^\+?[0-9]{2,}$/.test(digits) ? [{ mobile: range(digits.startsWith('+') ? digits : `+91${digits}`) }] : []),
    ...(first === ''
      ? []
      : [{ firstName: { startsWith: namePattern(text) } }, { lastName: { startsWith: namePattern(text) } }]),
    ...(last === '' ? [] : [{ firstName: { startsWith: first }, lastName: { startsWith: last } }]),
  ]
}

/** The last of all characters: no text that begins with `prefix` sorts after `prefix` and this. */
const lastCharacter = '\u{10FFFF}'

const range = (prefix: string) => ({ gte: prefix, lt: `${prefix}${lastCharacter}` })

/** A name without the characters that a pattern gives a meaning to. */
const namePattern = (text: string) => text.replaceAll(/[%_\\]/g, '').trim()
